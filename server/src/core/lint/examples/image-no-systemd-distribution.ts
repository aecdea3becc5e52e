import type { Examples } from "../example";

export const examples: Examples = [
  {
    says: "Incorrect: systemd cannot be installed on Alpine.",
    source: `
      FROM alpine:3.20
      ENV container=docker
      STOPSIGNAL SIGRTMIN+3
      CMD ["/lib/systemd/systemd"]
      #    ^^^^^^^^^^^^^^^^^^^^^^ found
    `,
  },
  {
    says: "Correct: Alpine's `/sbin/init` starts OpenRC.",
    source: `
      FROM alpine:3.20
      RUN apk add --no-cache openrc
      CMD ["/sbin/init"]
    `,
  },
];
