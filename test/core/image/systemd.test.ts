// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are words of Dockerfiles and shells.
import { describe, expect, it } from "vitest";
import { detectInContainer, detectInImage } from "../../../server/src/core/boot/detect";
import { namedBase } from "../../../server/src/core/boot/named-base";
import { bareSpec, type ContainerSpec } from "../../../server/src/core/container/spec";
import { imageOf, written } from "./read";

const judge = (text: string, files: Record<string, string> = {}) =>
  detectInImage(imageOf(text), (path) => files[path]);
const started = (spec: ContainerSpec, text?: string) => {
  const image = text === undefined ? undefined : imageOf(text);
  const named = namedBase(spec, () => undefined);
  return detectInContainer({ spec }, image, undefined, named);
};
const verdict = (text: string, files?: Record<string, string>) => {
  const { boots, evidence, throughShell } = judge(text, files);
  return `${boots} ${evidence}${throughShell ? " shell" : ""}`;
};

describe("an image that names init", () => {
  it.each<[text: string, verdict: string]>([
    ['FROM x\nCMD ["/sbin/init"]', "certain image"],
    ['FROM x\nCMD ["/usr/sbin/init", "--unit=a.target"]', "certain image"],
    ['FROM x\nENTRYPOINT ["/lib/systemd/systemd"]\nCMD ["--a"]', "certain image"],
    ['FROM x\nENTRYPOINT ["/usr/lib/systemd/systemd"]', "certain image"],
    ['FROM x\nENTRYPOINT ["/usr/local/sbin/init"]', "certain image"],
    ['FROM x\nENTRYPOINT ["/usr/bin/env", "A=b"]\nCMD ["/sbin/init"]', "certain image"],
    ['FROM debian:12\nCMD ["init"]', "certain image"],
    ['FROM hashicorp/terraform\nCMD ["init"]', "no none"],
    ['FROM x\nRUN apt-get install systemd\nCMD ["systemd"]', "certain image"],
    ["FROM x\nCMD /sbin/init", "certain image shell"],
    ["FROM x\nCMD exec /sbin/init --a", "certain image"],
    ["FROM x\nCMD echo a; /sbin/init 3>&1", "certain image shell"],
    ['FROM x\nCMD ["sh", "-c", "mkdir /a && exec /sbin/init"]', "certain image"],
    ['FROM x\nCMD ["/bin/bash", "-c", "/sbin/init"]', "certain image shell"],
    ["FROM x\nENV INIT=/sbin/init\nCMD exec $INIT", "certain image"],
    ['FROM x AS a\nCMD ["/sbin/init"]\nFROM a', "certain image"],
    ['FROM x AS a\nCMD ["/sbin/init"]\nFROM a\nENTRYPOINT ["bash"]', "no none"],
    ['FROM x\nRUN ln -sf /lib/systemd/systemd /start\nCMD ["/start"]', "certain image"],
    ['FROM x\nRUN ln -sf ../lib/systemd/systemd /bin/start\nCMD ["/bin/start"]', "certain image"],
    ['FROM debian:12\nCOPY own /sbin/\nRUN ln -sf own /sbin/init\nENTRYPOINT ["/sbin/init"]', "no none"],
    ['FROM scratch\nCOPY --from=y / /\nCMD ["/sbin/init"]', "certain image"],
    ['FROM x\nENTRYPOINT /sbin/init\nCMD ["bash"]', "certain image shell"],
    ['FROM x\nCMD ["/lib/systemd/systemd", "--version"]', "no none"],
    ['FROM x\nCMD ["/lib/systemd/systemd", "--user"]', "no none"],
    ['FROM x\nCMD ["/usr/sbin/sshd", "-D"]', "no none"],
    ['FROM x\nSHELL ["powershell"]\nCMD /sbin/init', "no none"],
    ["FROM debian:12\nRUN apt-get install -y systemd", "no none"],
    ["FROM x\nCMD []", "no none"],
  ])("%j: %s", (text, expected) => {
    expect(verdict(text)).toBe(expected);
  });
  it("says where and with what argv", () => {
    const text = 'FROM x\nENTRYPOINT ["/sbin/init"]\nCMD ["--unit=a.target"]';
    const { span, argv } = judge(text);
    expect(written(text, span)).toBe('"/sbin/init"');
    expect(argv).toEqual(["/sbin/init", "--unit=a.target"]);
    const shell = "FROM x\nCMD mkdir /a && exec /sbin/init";
    expect(written(shell, judge(shell).span)).toBe("/sbin/init");
  });
});

describe("an image that systemd does not boot", () => {
  it.each([
    ['FROM alpine:3\nRUN apk add openrc\nCMD ["/sbin/init"]'],
    ['FROM busybox\nCMD ["/sbin/init"]'],
    ['FROM alpine\nCMD ["/lib/systemd/systemd"]'],
    ['FROM debian:7\nCMD ["/sbin/init"]'],
    ['FROM ubuntu:14.04\nCMD ["/sbin/init"]'],
    ['FROM centos:6\nCMD ["/sbin/init"]'],
    ['FROM debian:12\nRUN apt-get install -y sysvinit-core\nCMD ["/sbin/init"]'],
    ['FROM x\nRUN apt-get install -y openrc\nCMD ["/sbin/init"]'],
    ['FROM centos:7\nCOPY systemctl.py /usr/bin/systemctl\nCMD ["/sbin/init"]'],
    ['FROM centos:7\nADD files/docker/systemctl3.py /usr/bin/\nCMD ["/sbin/init"]'],
    [
      'FROM ubuntu:22.04\nRUN curl -o /bin/systemctl https://a/docker-systemctl-replacement/systemctl3.py\nCMD ["/sbin/init"]',
    ],
    ['FROM x\nENTRYPOINT ["/usr/bin/tini", "--", "/sbin/init"]'],
    ['FROM x\nENTRYPOINT ["/init"]\nCMD ["/sbin/init"]'],
    ['FROM x\nENTRYPOINT ["dumb-init"]\nCMD ["/sbin/init"]'],
    ['FROM x\nCMD ["/usr/bin/supervisord", "-n"]'],
    ['FROM quay.io/fedora/fedora-bootc:42\nCMD ["/sbin/init"]'],
    ['FROM fedora:42\nRUN bootc container lint\nCMD ["/sbin/init"]'],
    ['FROM fedora:42\nLABEL containers.bootc=1\nCMD ["/sbin/init"]'],
  ])("%j", (text) => {
    expect(verdict(text)).toBe("no none");
  });
  it("believes systemd-sysv over another init's name", () => {
    expect(verdict('FROM debian:12\nRUN apt-get install -y openrc systemd-sysv\nCMD ["/sbin/init"]')).toBe(
      "certain image",
    );
  });
});

describe("an entry script", () => {
  const dockerfile = 'FROM x\nCOPY entry.sh /\nENTRYPOINT ["/entry.sh"]';
  it.each<[says: string, script: string, verdict: string]>([
    ["execs init", "#!/bin/sh\nset -e\nexec /sbin/init\n", "certain script"],
    [
      "execs init in a function",
      "#!/bin/bash\nmain() { exec /usr/lib/systemd/systemd --a; }\nmain\n",
      "certain script",
    ],
    [
      "execs the init that it finds",
      "#!/bin/bash\ninit=\nif [ -x /lib/systemd/systemd ]; then init=/lib/systemd/systemd\n" +
        "elif [ -x /sbin/init ]; then init=/sbin/init\nelse exit 1\nfi\nexec $init --a\n",
      "certain script",
    ],
    ["execs init by a default", "#!/bin/sh\nexec ${INIT:-/sbin/init}\n", "certain script"],
    [
      "execs it under a condition",
      '#!/bin/sh\nif [ "$1" = a ]; then exec bash; fi\nif b; then exec /sbin/init; fi\n',
      "certain script",
    ],
    ["starts init without exec", "#!/bin/sh\n/sbin/init\n", "certain script"],
    ["starts something else", "#!/bin/sh\nexec nginx\n", "no none"],
    ["starts init behind tini", "#!/bin/sh\nexec tini -- /sbin/init\n", "no none"],
    ["only writes of it", "#!/bin/sh\necho exec /sbin/init > /x\n", "no none"],
    ["is no shell script", "#!/usr/bin/python3\nexec('/sbin/init')\n", "no none"],
  ])("%s", (_, script, expected) => {
    expect(verdict(dockerfile, { "entry.sh": script })).toBe(expected);
  });
  it.each<[program: string, verdict: string]>([
    ['ENTRYPOINT ["/bin/sh", "/entry.sh"]', "certain script"],
    ['ENTRYPOINT ["bash", "-x", "/entry.sh"]', "certain script"],
    ['ENTRYPOINT ["/bin/bash", "-eu", "-o", "pipefail", "--", "/entry.sh"]', "certain script"],
    ['CMD ["sh", "-e", "/entry.sh"]', "certain script"],
    ["ENTRYPOINT exec /entry.sh", "certain script"],
    ["ENTRYPOINT /entry.sh", "certain script shell"],
    ["CMD mkdir -p /a && exec /bin/sh /entry.sh", "certain script"],
    ["CMD bash /entry.sh", "certain script shell"],
    ['CMD ["sh", "-c", "exec /entry.sh"]', "certain script"],
    ["ENV ENTRY=/entry.sh\nENTRYPOINT exec $ENTRY", "certain script"],
    ['ENTRYPOINT ["/bin/sh", "/other.sh"]', "no none"],
    ['ENTRYPOINT ["/bin/sh", "/other.sh", "/sbin/init"]', "likely image"],
    ['ENTRYPOINT ["/bin/sh", "-s", "/entry.sh"]', "no none"],
    ["ENTRYPOINT /entry.sh &", "no none"],
  ])("is started by %s", (program, expected) => {
    const script = "#!/bin/sh\nset -e\nexec /sbin/init\n";
    expect(verdict(`FROM x\nCOPY entry.sh /\n${program}`, { "entry.sh": script })).toBe(expected);
  });
  it("has a name that a build argument gives", () => {
    const text = 'FROM x\nARG SCRIPT=entry.sh\nCOPY ${SCRIPT} /usr/bin/start\nENTRYPOINT ["/usr/bin/start"]';
    expect(verdict(text, { "entry.sh": "#!/bin/sh\nexec /sbin/init\n" })).toBe("certain script");
  });
  it("gets the CMD behind a shell that reads it", () => {
    const text = 'FROM x\nCOPY entry.sh /\nENTRYPOINT ["/bin/sh", "/entry.sh"]\nCMD ["/sbin/init"]';
    expect(verdict(text, { "entry.sh": '#!/bin/sh\nexec "$@"\n' })).toBe("certain script");
    const shell = "FROM x\nCOPY entry.sh /\nENTRYPOINT exec /entry.sh /sbin/init";
    expect(verdict(shell, { "entry.sh": '#!/bin/sh\nexec "$@"\n' })).toBe("certain script");
  });
  it.each<[says: string, script: string, value: string | undefined]>([
    ["export container=docker", "export container=docker\nexec /sbin/init", "docker"],
    ["an assignment and export", "container=docker\nexport container\nexec /sbin/init", "docker"],
    ["an assignment before exec", "container=podman exec /sbin/init", "podman"],
    ["env", 'exec env container="oci" /sbin/init', "oci"],
    ["no export", "container=docker\nexec /sbin/init", undefined],
    ["another name", "export CONTAINER=docker container_name=x\nexec /sbin/init", undefined],
  ])("sets the variable container: %s", (_, script, value) => {
    expect(judge(dockerfile, { "entry.sh": `#!/bin/sh\n${script}\n` }).script?.container).toBe(value);
  });
  it("says which command of which script", () => {
    const script = "#!/bin/sh\n/sbin/init --a\n";
    const { script: found, span, argv } = judge(dockerfile, { "entry.sh": script });
    expect(found?.path).toBe("entry.sh");
    expect(found?.exec).toBe(false);
    expect(written(script, found?.span)).toBe("/sbin/init --a");
    expect(written(dockerfile, span)).toBe('"/entry.sh"');
    expect(argv).toEqual(["/sbin/init", "--a"]);
  });
  it("gets the CMD as its arguments", () => {
    const text = `${dockerfile}\nCMD ["/sbin/init", "--a"]`;
    expect(verdict(text, { "entry.sh": '#!/bin/sh\nexec "$@"\n' })).toBe("certain script");
    expect(verdict(text, { "entry.sh": "#!/bin/sh\nexec nginx\n" })).toBe("no none");
    expect(verdict(`${dockerfile}\nCMD ["bash"]`, { "entry.sh": '#!/bin/sh\nexec "$@"\n' })).toBe("no none");
  });
  it("is probably meant to start the init that it gets, where it cannot be read", () => {
    expect(verdict(`${dockerfile}\nCMD ["/sbin/init"]`)).toBe("likely image");
    expect(verdict('FROM x\nENTRYPOINT ["/docker-entrypoint.sh"]\nCMD ["/sbin/init"]')).toBe("likely image");
    expect(verdict('FROM x\nENTRYPOINT ["/docker-entrypoint.sh"]\nCMD ["init"]')).toBe("no none");
    expect(verdict(dockerfile)).toBe("no none");
  });
  it.each<[says: string, text: string, path: string]>([
    ["in a folder", 'FROM x\nCOPY scripts /opt/\nCMD ["/opt/a/start.sh"]', "scripts/a/start.sh"],
    ["in a tree", 'FROM x\nCOPY rootfs/ /\nCMD ["/usr/bin/start.sh"]', "rootfs/usr/bin/start.sh"],
    ["by a pattern", 'FROM x\nCOPY bin/*.sh /usr/bin/\nCMD ["/usr/bin/start.sh"]', "bin/start.sh"],
    ["under another name", 'FROM x\nADD a.sh /start.sh\nCMD ["/start.sh"]', "a.sh"],
    ["by PATH", 'FROM x\nCOPY start.sh /usr/local/bin/\nCMD ["start.sh"]', "start.sh"],
    ["over init itself", 'FROM x\nCOPY own /sbin/init\nCMD ["/sbin/init"]', "own"],
  ])("is found %s", (_, text, path) => {
    expect(verdict(text, { [path]: "#!/bin/sh\nexec /usr/lib/systemd/systemd\n" })).toBe("certain script");
  });
  it("may be written by the Dockerfile", () => {
    const start = 'CMD ["/start.sh"]';
    expect(verdict(`FROM x\nCOPY <<EOF /start.sh\n#!/bin/sh\nexec /sbin/init\nEOF\n${start}`)).toBe(
      "certain script",
    );
    expect(verdict(`FROM x\nRUN cat > /start.sh <<EOF\n#!/bin/sh\nexec /sbin/init\nEOF\n${start}`)).toBe(
      "certain script",
    );
    expect(verdict(`FROM x\nRUN printf '#!/bin/sh\\nexec /sbin/init\\n' > /start.sh\n${start}`)).toBe(
      "certain script",
    );
    expect(
      verdict(`FROM x\nRUN echo '#!/bin/sh' > /start.sh && echo 'exec /sbin/init' >> /start.sh\n${start}`),
    ).toBe("certain script");
  });
  it("is somebody's own init when it cannot be read and stands at the path of init", () => {
    expect(verdict('FROM x\nADD init /sbin/\nCMD ["/sbin/init"]')).toBe("no none");
  });
});

describe("a base image that boots systemd", () => {
  it.each<[text: string, verdict: string]>([
    ["FROM registry.access.redhat.com/ubi9/ubi-init", "likely base"],
    ["FROM jrei/systemd-debian:12\nRUN a", "likely base"],
    ['FROM kindest/node:v1\nCMD ["bash"]', "likely base"],
    ['FROM jrei/systemd-debian:12\nCMD ["bash"]', "no none"],
    ['FROM jrei/systemd-debian:12\nENTRYPOINT ["bash"]', "no none"],
    ['FROM jrei/systemd-debian:12\nCMD ["/sbin/init"]', "certain image"],
    ["FROM solita/ubuntu-systemd", "likely base"],
    ["FROM quay.io/freeipa/freeipa-server:rocky-9", "likely base"],
    [
      'FROM almalinux/10-init\nCOPY data /usr/local/sbin/init\nENTRYPOINT ["/usr/local/sbin/init"]',
      "likely image",
    ],
    ["ARG ARCH\nFROM ${ARCH}jrei/systemd-debian:12", "likely base"],
    ["ARG REGISTRY\nFROM ${REGISTRY}/jrei/systemd-debian:12", "no none"],
    ["FROM debian:12", "no none"],
    ["FROM centos:7", "no none"],
  ])("%j: %s", (text, expected) => {
    expect(verdict(text)).toBe(expected);
  });
});

describe("an image of which nothing else is known", () => {
  it.each<[text: string, verdict: string]>([
    ["FROM x\nSTOPSIGNAL SIGRTMIN+3", "likely settings"],
    ["FROM x\nSTOPSIGNAL SIGTERM", "no none"],
    ['FROM x\nVOLUME ["/sys/fs/cgroup"]', "likely settings"],
    ['FROM x\nVOLUME ["/sys/fs"]', "no none"],
    ['FROM x\nSTOPSIGNAL SIGRTMIN+3\nCMD ["bash"]', "no none"],
    ["FROM debian:12\nSTOPSIGNAL SIGRTMIN+3", "no none"],
  ])("%j: %s", (text, expected) => {
    expect(verdict(text)).toBe(expected);
  });
});

describe("a run of an image of which nothing is known", () => {
  const cgroup = {
    type: "bind",
    source: "/sys/fs/cgroup",
    target: "/sys/fs/cgroup",
    readOnly: true,
  } as const;
  const hostRun = { type: "bind", source: "/var/run", target: "/var/run", readOnly: false } as const;
  const tmpfs = [{ path: "/run", options: [] }];
  const free = {
    image: "x",
    capabilities: ["ALL"],
    securityOptions: ["seccomp=unconfined", "apparmor:unconfined", "systempaths=unconfined"],
  };
  it.each<[says: string, change: Partial<ContainerSpec>, boots: string]>([
    ["has systemd's stop signal", { image: "x", stopSignal: "RTMIN+3" }, "likely"],
    ["has another stop signal", { image: "x", stopSignal: "SIGQUIT" }, "no"],
    ["has the cgroup tree and a fresh /run", { image: "${IMAGE}", mounts: [cgroup], tmpfs }, "likely"],
    ["has the cgroup tree alone", { image: "x", mounts: [cgroup] }, "no"],
    ["looks at the host", { image: "x", mounts: [cgroup, hostRun] }, "no"],
    ["has a fresh /run alone", { image: "x", tmpfs }, "no"],
    [
      "may do all, with the cgroup tree and a namespace for it",
      { image: "x", privileged: true, mounts: [cgroup], cgroupNamespace: "private" },
      "likely",
    ],
    ["may do all, with the cgroup tree", { image: "x", privileged: true, mounts: [cgroup] }, "no"],
    [
      "is for tests, may do all and has the cgroup tree",
      { image: "module-test", privileged: true, mounts: [cgroup] },
      "likely",
    ],
    [
      "is called latest, may do all and has the cgroup tree",
      { image: "x:latest", name: "contest", privileged: true, mounts: [cgroup] },
      "no",
    ],
    [
      "is free of every limit, with a namespace for cgroups",
      { ...free, cgroupNamespace: "private" },
      "likely",
    ],
    ["is free of every limit", free, "no"],
    [
      "is free of every limit but one",
      { ...free, cgroupNamespace: "host", securityOptions: free.securityOptions.slice(1) },
      "no",
    ],
    ["is called so and is privileged", { image: "systemd", privileged: true }, "likely"],
    ["is called so", { image: "a.example/ubuntu-systemd:1" }, "likely"],
    ["watches systemd", { image: "a/systemd-exporter", privileged: true }, "no"],
    ["starts another program", { image: "x", stopSignal: "RTMIN+3", command: { words: ["bash"] } }, "no"],
    ["is of a base that starts none", { image: "debian:12", stopSignal: "RTMIN+3" }, "no"],
  ])("%s", (_, change, boots) => {
    expect(started({ ...bareSpec, ...change }).boots).toBe(boots);
  });
  it("may be of an image that is prepared for systemd", () => {
    expect(started(bareSpec, "FROM x\nSTOPSIGNAL RTMIN+3").boots).toBe("likely");
  });
});

describe("a run", () => {
  const run = (change: Partial<ContainerSpec>, text?: string) => {
    const { boots, evidence, throughShell } = started({ ...bareSpec, ...change }, text);
    return `${boots} ${evidence}${throughShell ? " shell" : ""}`;
  };
  const words = (...list: string[]) => ({ words: list });
  it.each<[change: Partial<ContainerSpec>, text: string | undefined, verdict: string]>([
    [{ image: "x", command: words("/sbin/init") }, undefined, "certain run"],
    [{ image: "x", entrypoint: words("/lib/systemd/systemd") }, undefined, "certain run"],
    [{ image: "x", command: words("${INIT:-/sbin/init}") }, undefined, "certain run"],
    [{ image: "x", command: words("$INIT") }, undefined, "no none"],
    [{ image: "x", command: words("init") }, undefined, "no none"],
    [{ image: "${IMAGE:-debian:12}", command: words("init") }, undefined, "certain run"],
    [{ image: "alpine:3", command: words("/sbin/init") }, undefined, "no none"],
    [{ image: "jrei/systemd-debian:12" }, undefined, "likely base"],
    [{ image: "jrei/systemd-debian:12", command: words("bash") }, undefined, "no none"],
    [{ image: "x", privileged: true }, undefined, "no none"],
    [
      { image: "x", command: { words: ["sh", "-c", "exec /sbin/init"], shell: "exec /sbin/init" } },
      undefined,
      "certain run",
    ],
    [{ image: "x", command: words("sh", "-c", "/sbin/init") }, undefined, "certain run shell"],
    [{}, 'FROM x\nCMD ["/sbin/init"]', "certain image"],
    [{ command: words("bash") }, 'FROM x\nCMD ["/sbin/init"]', "no none"],
    [{ command: words("/sbin/init") }, 'FROM x\nCMD ["bash"]', "certain run"],
    [{ command: words("--a") }, 'FROM x\nENTRYPOINT ["/sbin/init"]', "certain image"],
    [{ entrypoint: words() }, 'FROM x\nENTRYPOINT ["a"]\nCMD ["/sbin/init"]', "no none"],
    [{ entrypoint: words(), command: words("/sbin/init") }, 'FROM x\nENTRYPOINT ["a"]', "certain run"],
    [{ entrypoint: words("bash") }, 'FROM x\nCMD ["/sbin/init"]', "no none"],
    [{ command: words("/sbin/init") }, "FROM alpine", "no none"],
    [{ command: words("/sbin/init") }, 'FROM x\nENTRYPOINT ["tini", "--"]', "no none"],
  ])("%j on %j: %s", (change, text, expected) => {
    expect(run(change, text)).toBe(expected);
  });
});
