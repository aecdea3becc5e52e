import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "Alpine cannot install systemd.",
    source: `
      FROM alpine:3.20
      ENV container=docker
      STOPSIGNAL SIGRTMIN+3
      CMD ["/lib/systemd/systemd"]
      #    ^^^^^^^^^^^^^^^^^^^^^^ found
    `,
  },
  {
    says: "OpenRC behind /sbin/init is Alpine's own way.",
    source: `
      FROM alpine:3.20
      RUN apk add --no-cache openrc
      CMD ["/sbin/init"]
    `,
  },
];
