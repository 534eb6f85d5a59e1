"""What theory and published code say must come out, on real MNIST."""
