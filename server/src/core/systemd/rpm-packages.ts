// Kept by hand and not measured: of RPM distributions no package manager could be asked. Each list has its source.

/**
 * Spec files of Fedora and CentOS Stream 9 that require systemd, mostly by %systemd_requires because the
 * package has units; systemd itself provides /usr/sbin/init there (systemd.spec).
 */
const requiring =
  /^(systemd|systemd-(udev|container|networkd|resolved|pam|journal-remote|timesyncd|oomd.*)|initscripts|dbus|dbus-(daemon|broker)|polkit|httpd|mod_ssl|nginx|nginx-core|openssh-server|cronie|chrony|ntp|rsyslog|firewalld|iptables-services|NetworkManager.*|network-scripts|postfix|dovecot|bind|dnsmasq|haproxy|squid|keepalived|mariadb-server|mysql-server|mysql-community-server|postgresql\d*-server|redis|valkey|memcached|mongodb-org.*|php-fpm|docker|docker-ce|docker-ce-cli|moby-engine|containerd(\.io)?|podman|cri-o|kubelet|kubeadm|libvirt.*|nfs-utils|rpcbind|autofs|samba|sssd.*|realmd|freeipa-(server|client).*|ipa-(server|client).*|krb5-server|389-ds-base|openldap-servers|tuned|audit|lvm2|cockpit.*|fail2ban.*|net-snmp|vsftpd|tomcat|puppet.*|zabbix-.*|rabbitmq-server|@.*)$/;

/** Spec files of Fedora and CentOS Stream 9 in which neither the package nor what it requires names systemd. */
const free =
  /^(python3|python3-(pip|devel|setuptools|wheel|libs|libselinux|pyyaml)|python3\.\d+(-.*)?|sudo|curl|wget2?|git|git-core|tar|gzip|bzip2|xz|zip|unzip|zstd|which|less|nano|vim-minimal|file|tree|jq|bc|patch|findutils|diffutils|grep|sed|gawk|coreutils|hostname|procps-ng|psmisc|iproute|bash|zsh|bash-completion|gcc(-c\+\+)?|make|cmake|automake|autoconf|libtool|openssl|openssl-devel|ca-certificates|epel-release|dnf-plugins-core|yum-utils|yum|dnf|glibc-langpack-[a-z]+|glibc-minimal-langpack|langpacks-en|rsync|nodejs|npm|ruby|perl|java-\d+(\.\d+\.0)?-openjdk-headless|libxml2|libffi-devel|zlib-devel)$/;

/** What an RPM installs: systemd and with it /usr/sbin/init, or nothing of both; undefined where it is not known. */
export function rpmInstalls(name: string): "init" | "nothing" | undefined {
  if (requiring.test(name)) return "init";
  return free.test(name) ? "nothing" : undefined;
}
