/** Targets that are part of systemd (systemd.special(7), measured in Debian 12 and sid). */
export const targets: ReadonlySet<string> = new Set(
  (
    "basic blockdev bluetooth boot-complete cryptsetup cryptsetup-pre ctrl-alt-del default emergency exit " +
    "factory-reset final first-boot-complete getty getty-pre graphical halt hibernate hybrid-sleep imports " +
    "imports-pre initrd initrd-fs initrd-root-device initrd-root-fs initrd-switch-root initrd-usr-fs integritysetup " +
    "integritysetup-pre kbrequest kexec local-fs local-fs-pre machines multi-user network network-online network-pre " +
    "nss-lookup nss-user-lookup paths poweroff printer reboot remote-cryptsetup remote-fs remote-fs-pre " +
    "remote-veritysetup rescue rpcbind runlevel0 runlevel1 runlevel2 runlevel3 runlevel4 runlevel5 runlevel6 shutdown " +
    "sigpwr sleep slices smartcard sockets soft-reboot sound storage-target-mode suspend suspend-then-hibernate swap " +
    "sysinit system-install system-update system-update-pre time-set time-sync timers tpm2 umount usb-gadget " +
    "veritysetup veritysetup-pre"
  )
    .split(" ")
    .map((name) => `${name}.target`),
);

/**
 * Targets that have been built into the program since systemd 262: they are loaded even without their files (measured
 * on Debian sid, all *.target files deleted).
 */
export const builtInTargets: ReadonlySet<string> = new Set(
  ["basic", "exit", "final", "graphical", "halt", "multi-user", "poweroff", "reboot", "shutdown", "sigpwr"]
    .concat("sysinit", "umount")
    .map((name) => `${name}.target`),
);

/** The suffixes of unit files (systemd.unit(5)). */
export const unitSuffixes: readonly string[] = [
  ...[
    "service",
    "socket",
    "target",
    "timer",
    "mount",
    "automount",
    "path",
    "slice",
    "swap",
    "scope",
    "device",
  ],
];

/**
 * A name under which a family of distributions does not have a service, and the correct name there. `packages` are
 * those that provide the unit.
 */
export interface OtherName {
  readonly wrong: string;
  readonly right: string;
  readonly packages: readonly string[];
  /** The source of the correct name: a measurement, a file list, or a Fedora spec file. */
  readonly source: string;
}

/** On Debian and Ubuntu, sshd and syslog are aliases, which `systemctl enable` rejects; the others do not exist. */
export const debianNames: readonly OtherName[] = [
  {
    wrong: "sshd.service",
    right: "ssh.service",
    packages: ["openssh-server", "ssh"],
    source: "measured with 252 and 262",
  },
  {
    wrong: "syslog.service",
    right: "rsyslog.service",
    packages: ["rsyslog"],
    source: "measured with 252 and 262",
  },
  { wrong: "crond.service", right: "cron.service", packages: ["cron"], source: "measured with 252" },
  { wrong: "httpd.service", right: "apache2.service", packages: ["apache2"], source: "Debian 12, apache2" },
];

/** The names on RPM distributions (not measured). */
export const rpmNames: readonly OtherName[] = [
  { wrong: "ssh.service", right: "sshd.service", packages: ["openssh-server"], source: "openssh.spec" },
  { wrong: "cron.service", right: "crond.service", packages: ["cronie"], source: "cronie.spec" },
  { wrong: "apache2.service", right: "httpd.service", packages: ["httpd"], source: "httpd.spec" },
  { wrong: "chrony.service", right: "chronyd.service", packages: ["chrony"], source: "chrony.spec" },
];
