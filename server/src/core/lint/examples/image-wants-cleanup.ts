import type { Examples } from "../example";
import { maskList } from "../rules/image-wants-cleanup";
import { boots, debian, debianWith, text } from "./blocks";

export const examples: Examples = [
  {
    says: "What was enabled before is switched off again.",
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
    says: "The loop of the CentOS recipe under Debian's sh.",
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
    says: "Users are to log in, and systemd-user-sessions goes.",
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
    says: "A directory of links goes with all that is in it, below WORKDIR too.",
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
    says: "A directory that is kept, one that a container does without, links that are made again.",
    source: text`
      ${debian}
      RUN rm -f /lib/systemd/system/sysinit.target.wants || true
      RUN rm -rf /lib/systemd/system/getty.target.wants
      RUN cd /lib/systemd/system/sysinit.target.wants && rm -f * && ln -s ../systemd-tmpfiles-setup.service .
      ${boots}
    `,
  },
  {
    says: "The same loop under bash spares what it means to spare.",
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
    says: "Other ways to write the loop: what it spares cannot always be read, and then nothing is said.",
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
    says: "A find that keeps journald, tmpfiles and user-sessions.",
    source: text`
      ${debian}
      RUN find /etc/systemd/system /lib/systemd/system -path '*.wants/*' -not -name '*journald*' -not -name '*systemd-tmpfiles*' -not -name '*systemd-user-sessions*' -exec rm {} +
      ${boots}
    `,
  },
];
