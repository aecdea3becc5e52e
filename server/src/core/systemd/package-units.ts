/** The unit that a package enables, and the file list or repository that shows it. */
interface PackageUnit {
  readonly unit: string;
  readonly source: string;
}

/**
 * The units of well-known packages. Debian and Ubuntu enable the service of a package when it is installed. Kept by
 * hand and not measured: `Debian 12` means the file list of the archive (Ubuntu's sources follow Debian's), and
 * `unsourced` means that there is no source.
 */
export const packageUnits: Readonly<Record<string, PackageUnit>> = {
  "openssh-server": { unit: "ssh.service", source: "Debian 12" },
  cron: { unit: "cron.service", source: "Debian 12" },
  nginx: { unit: "nginx.service", source: "Debian 12, nginx-common" },
  apache2: { unit: "apache2.service", source: "Debian 12" },
  postgresql: { unit: "postgresql.service", source: "Debian 12, postgresql-common" },
  "mariadb-server": { unit: "mariadb.service", source: "Debian 12" },
  "default-mysql-server": { unit: "mariadb.service", source: "Debian 12, mariadb-server" },
  "mysql-server": { unit: "mysql.service", source: "unsourced" },
  "redis-server": { unit: "redis-server.service", source: "Debian 12" },
  rsyslog: { unit: "rsyslog.service", source: "Debian 12" },
  memcached: { unit: "memcached.service", source: "Debian 12" },
  "rabbitmq-server": { unit: "rabbitmq-server.service", source: "Debian 12" },
  postfix: { unit: "postfix.service", source: "Debian 12" },
  chrony: { unit: "chrony.service", source: "Debian 12" },
  haproxy: { unit: "haproxy.service", source: "Debian 12" },
  bind9: { unit: "named.service", source: "Debian 12" },
  "docker-ce": { unit: "docker.service", source: "docker/docker-ce-packaging" },
  k3s: { unit: "k3s.service", source: "k3s-io/k3s, install.sh" },
  "rke2-server": { unit: "rke2-server.service", source: "unsourced" },
  "docker.io": { unit: "docker.service", source: "Debian 12" },
  "docker-engine": { unit: "docker.service", source: "unsourced" },
  "moby-engine": { unit: "docker.service", source: "unsourced" },
  slapd: { unit: "slapd.service", source: "Debian 12, /etc/init.d/slapd" },
  containerd: { unit: "containerd.service", source: "Debian 12" },
  "containerd.io": { unit: "containerd.service", source: "docker/containerd-packaging" },
  lxd: { unit: "lxd.service", source: "Debian 12" },
  incus: { unit: "incus.service", source: "unsourced" },
  snapd: { unit: "snapd.service", source: "Debian 12" },
  "nfs-kernel-server": { unit: "nfs-server.service", source: "Debian 12" },
  autofs: { unit: "autofs.service", source: "Debian 12" },
  ntp: { unit: "ntp.service", source: "unsourced" },
  ntpsec: { unit: "ntpsec.service", source: "Debian 12" },
  openntpd: { unit: "openntpd.service", source: "Debian 12" },
  firewalld: { unit: "firewalld.service", source: "Debian 12" },
  "iptables-persistent": { unit: "netfilter-persistent.service", source: "Debian 12, netfilter-persistent" },
  fail2ban: { unit: "fail2ban.service", source: "Debian 12" },
  "libvirt-daemon-system": { unit: "libvirtd.service", source: "Debian 12" },
};
