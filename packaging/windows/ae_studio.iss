; Inno Setup 6: the Windows installer of the bundle in dist\ae-studio.
;     iscc /DVersion=0.1.0 packaging\windows\ae_studio.iss
; writes dist\ae-studio-0.1.0-windows-x64-setup.exe. Installs for the user alone, without an administrator, or for all.

#ifndef Version
  #error Give the version: iscc /DVersion=0.1.0 packaging\windows\ae_studio.iss
#endif

[Setup]
; Stays the same for ever: by it a new version finds the old one.
AppId={{7E2F4C0A-5B1D-4C57-9A35-0C4E6E1F8D21}
AppName=AE Studio
AppVersion={#Version}
AppPublisher=AE Studio contributors
DefaultDirName={autopf}\AE Studio
DefaultGroupName=AE Studio
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=ae-studio-{#Version}-windows-x64-setup
UninstallDisplayIcon={app}\ae-studio.exe
Compression=lzma2/fast
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

; What an older version had in its place and this one has not would be loaded beside it.
[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\ae-studio\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\AE Studio"; Filename: "{app}\ae-studio.exe"
Name: "{autodesktop}\AE Studio"; Filename: "{app}\ae-studio.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\ae-studio.exe"; Description: "{cm:LaunchProgram,AE Studio}"; Flags: nowait postinstall skipifsilent
