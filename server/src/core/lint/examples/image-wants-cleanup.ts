import type { Examples } from "../example";
import { maskList } from "../rules/image-wants-cleanup";
import { boots, debian, debianWith, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: the command deletes the link of a service that was enabled above.",
    source: text`
      ${debianWith("nginx")}
      RUN systemctl enable nginx.service
      RUN rm -f /etc/systemd/system/*.wants/*
      #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ enabled: nginx.service
      ${boots}
    `,
    fixed: text`
      ${debianWith("nginx")}
      RUN rm -f /etc/systemd/system/*.wants/*
      RUN systemctl enable nginx.service
      ${boots}
    `,
    boot: {
      before: { state: "running", inactive: ["nginx.service"] },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Incorrect: the loop from the CentOS recipe runs under Debian's sh, which is dash.",
    source: text`
      ${debian}
      RUN (cd /lib/systemd/system/sysinit.target.wants/; for i in *; do [ $i == systemd-tmpfiles-setup.service ] || rm -f $i; done)
      #                                                                      ^^ test
      ${boots}
    `,
    fixed: text`
      ${debian}
      RUN (cd /lib/systemd/system/sysinit.target.wants/; for i in *; do [ $i = systemd-tmpfiles-setup.service ] || rm -f $i; done)
      ${boots}
    `,
  },
  {
    says: "Incorrect: users log in over SSH, and the link of systemd-user-sessions is deleted.",
    source: text`
      ${debianWith("openssh-server")}
      RUN rm -f /lib/systemd/system/multi-user.target.wants/*
      #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ sessions
      ${boots}
    `,
    fixed: text`
      ${debianWith("openssh-server")}
      RUN systemctl mask ${maskList}
      ${boots}
    `,
  },
  {
    says: "Incorrect: all links in a directory are deleted. Its path is relative to WORKDIR.",
    source: text`
      ${debian}
      WORKDIR /lib/systemd/system
      RUN rm -rf sysinit.target.wants && systemctl set-default multi-user.target
      #          ^^^^^^^^^^^^^^^^^^^^ tmpfiles
      RUN ln -s "$(command -v bash)" /usr/local/bin/shell && : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
    fixed: text`
      ${debian}
      WORKDIR /lib/systemd/system
      RUN systemctl mask ${maskList} && systemctl set-default multi-user.target
      RUN ln -s "$(command -v bash)" /usr/local/bin/shell && : > /etc/machine-id
      STOPSIGNAL SIGRTMIN+3
      CMD ["/sbin/init"]
    `,
  },
  {
    says: "Correct: `rm -f` does not delete a directory, a container does not need gettys, and the last link is created again.",
    source: text`
      ${debian}
      RUN rm -f /lib/systemd/system/sysinit.target.wants || true
      RUN rm -rf /lib/systemd/system/getty.target.wants
      RUN cd /lib/systemd/system/sysinit.target.wants && rm -f * && ln -s ../systemd-tmpfiles-setup.service .
      ${boots}
    `,
  },
  {
    says: "Correct: the same loop under bash keeps the unit.",
    source: text`
      FROM rockylinux:9
      ENV container=docker
      RUN dnf -y install systemd
      RUN (cd /lib/systemd/system/sysinit.target.wants/; for i in *; do [ $i == systemd-tmpfiles-setup.service ] || rm -f $i; done)
      RUN rm -f /lib/systemd/system/sockets.target.wants/*udev*
      ${boots}
    `,
  },
  {
    says: "Correct: other forms of the loop. If the rule cannot determine which units a loop keeps, it reports nothing.",
    source: text`
      FROM rockylinux:9
      ENV container=docker
      RUN dnf -y install systemd
      RUN cd /lib/systemd/system/sysinit.target.wants && for i in *; do [ "_$i" = _systemd-tmpfiles-setup.service ] || rm -f "$i"; done
      RUN cd /lib/systemd/system/sysinit.target.wants && for i in *; do [[ $i == *tmpfiles* ]] || rm -f "$i"; done
      RUN cd /lib/systemd/system/sysinit.target.wants && for i in *; do case $i in *tmpfiles*) ;; *) rm -f "$i" ;; esac; done
      RUN cd /lib/systemd/system/sysinit.target.wants && for i in *; do if [ $i = systemd-tmpfiles-setup.service ]; then true; else rm -f $i; fi; done
      ${boots}
    `,
  },
  {
    says: "Correct: `find` keeps the links of journald, tmpfiles and user-sessions.",
    source: text`
      ${debian}
      RUN find /etc/systemd/system /lib/systemd/system -path '*.wants/*' -not -name '*journald*' -not -name '*systemd-tmpfiles*' -not -name '*systemd-user-sessions*' -exec rm {} +
      ${boots}
    `,
  },
];
