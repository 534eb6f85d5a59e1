"""What lies on the canvas of the latent space: a file for each kind of layer."""
