import { describe, expect, it } from "vitest";
import { baseImage } from "../../../server/src/core/image/base-images";

describe("what a reference names", () => {
  it.each<[string, string | undefined, number | undefined]>([
    ["debian:12", "debian:12", 252],
    ["debian:bookworm-slim", "debian:12", 252],
    ["debian:12.5-slim", "debian:12", 252],
    ["debian:bookworm-20240211", "debian:12", 252],
    ["docker.io/library/debian:11@sha256:0123", "debian:11", 247],
    ["debian@sha256:0123", "debian", undefined],
    ["debian", "debian", undefined],
    ["debian:sid", "debian:sid", 262],
    ["debian:unstable-slim", "debian:sid", 262],
    ["debian:1", "debian:1", undefined],
    ["arm64v8/debian:13", "debian:13", 257],
    ["public.ecr.aws/docker/library/ubuntu:jammy", "ubuntu:22.04", 249],
    ["registry.example.com:5000/proxy/library/ubuntu:24.04", "ubuntu:24.04", 255],
    ["localhost:5000/ubuntu:noble-20240212", "ubuntu:24.04", 255],
    ["ubuntu:latest", "ubuntu:latest", undefined],
    ["fedora:42", "fedora:42", 257],
    ["registry.fedoraproject.org/fedora:rawhide", "fedora:rawhide", undefined],
    ["quay.io/fedora/fedora-minimal:41", "fedora:41", 256],
    ["centos:7", "centos:7", 219],
    ["centos", "centos:8", 239],
    ["centos:centos7.9.2009", "centos:7", 219],
    ["quay.io/centos/centos:stream9", "centos:stream9", 252],
    ["rockylinux:9.3", "rockylinux:9", 252],
    ["rockylinux/rockylinux:10-minimal", "rockylinux:10", 257],
    ["almalinux:8", "almalinux:8", 239],
    ["almalinux/9-init", "almalinux:9", 252],
    ["quay.io/almalinuxorg/10-kitten-init", "almalinux:10", 257],
    ["registry.access.redhat.com/ubi9/ubi-init:9.4", "ubi9-init", 252],
    ["registry.access.redhat.com/ubi8-init", "ubi8-init", 239],
    ["redhat/ubi10-init", "ubi10-init", 257],
    ["ubi9/ubi-minimal", "ubi9-minimal", 252],
    ["oraclelinux:8-slim", "oraclelinux:8", 239],
    ["container-registry.oracle.com/os/oraclelinux:9", "oraclelinux:9", 252],
    ["amazonlinux:2", "amazonlinux:2", 219],
    ["public.ecr.aws/amazonlinux/amazonlinux:2023", "amazonlinux:2023", 252],
    ["registry.suse.com/bci/bci-init:15.6", "bci-init:15.6", 254],
    ["registry.opensuse.org/opensuse/bci/bci-init", "bci-init", undefined],
    ["opensuse/leap:15.5", "opensuse/leap:15.5", 249],
    ["opensuse/tumbleweed", "opensuse/tumbleweed", undefined],
    ["archlinux:base-devel", "archlinux", undefined],
    ["kindest/node:v1.30.0", "kindest/node:v1.30.0", undefined],
    ["geerlingguy/docker-ubuntu2204-ansible:latest", "ubuntu:22.04", 249],
    ["geerlingguy/docker-debian12-ansible", "debian:12", 252],
    ["geerlingguy/docker-rockylinux9-ansible", "rockylinux:9", 252],
    ["dokken/ubuntu-22.04", "ubuntu:22.04", 249],
    ["dokken/centos-stream-9:latest", "centos:stream9", 252],
    ["dokken/rockylinux-9", "rockylinux:9", 252],
    ["dokken/opensuse-leap-15", undefined, undefined],
    ["robertdebock/fedora:42", "fedora:42", 257],
    ["eniocarboni/docker-ubuntu-systemd:22.04", "ubuntu:22.04", 249],
    ["eniocarboni/docker-rockylinux-systemd", "rockylinux", undefined],
    ["jrei/systemd-ubuntu:18.04", "ubuntu:18.04", 237],
    ["alpine:3.20", "alpine:3.20", undefined],
    ["registry.access.redhat.com/rhel7-init", "rhel7-init", 219],
    ["registry.redhat.io/rhel8/rhel-init:8.4", "rhel-init:8.4", undefined],
    ["mcr.microsoft.com/devcontainers/base:debian-12", "debian:12", 252],
    ["mcr.microsoft.com/devcontainers/base:1-ubuntu-22.04", "ubuntu:22.04", 249],
    ["mcr.microsoft.com/devcontainers/python:1-3.12-bookworm", "debian:12", 252],
    ["mcr.microsoft.com/vscode/devcontainers/base:jammy", "ubuntu:22.04", 249],
    ["mcr.microsoft.com/devcontainers/base:ubuntu", "ubuntu", undefined],
    ["mcr.microsoft.com/devcontainers/base:1-debian", "debian", undefined],
    ["mcr.microsoft.com/devcontainers/base:alpine-3.20", "alpine", undefined],
    ["devuan/devuan:daedalus", "devuan:daedalus", undefined],
    ["gentoo/stage3:latest", "gentoo/stage3:latest", undefined],
    ["gentoo/stage3:systemd", undefined, undefined],
    ["gcr.io/distroless/static-debian12", "distroless", undefined],
    ["python:3.12-alpine3.20", "alpine", undefined],
    ["mrlesmithjr/alpine:3.13", "alpine", undefined],
    ["ghcr.io/oracle/oraclelinux:9-slim", "oraclelinux:9", 252],
    ["somebody/debian:12", undefined, undefined],
    ["python:3.12-slim-bookworm", "python:3.12-slim-bookworm", 252],
    ["buildpack-deps:bookworm-scm", "buildpack-deps:bookworm-scm", 252],
    ["python:3.12", undefined, undefined],
    ["node:22-bookworm", undefined, undefined],
    ["scratch", undefined, undefined],
    ["", undefined, undefined],
  ])("%s", (reference, name, systemd) => {
    const image = baseImage(reference);
    expect([image?.name, image?.systemdVersion]).toEqual([name, systemd]);
  });
});

describe("what is known of them", () => {
  const boots = (reference: string) => baseImage(reference)?.bootsSystemd;
  it("knows the images that boot systemd by themselves", () => {
    const booting = [
      "almalinux/8-init",
      "rockylinux/rockylinux:9-ubi-init",
      "registry.access.redhat.com/ubi9/ubi-init",
      "registry.suse.com/bci/bci-init",
      "kindest/node",
      "geerlingguy/docker-fedora40-ansible",
      "jrei/systemd-debian:12",
      "centos/systemd",
      "registry.access.redhat.com/rhel7-init",
    ];
    expect(booting.filter((reference) => !boots(reference))).toEqual([]);
    expect(["debian:12", "almalinux:9", "ubi9", "archlinux", "centos:7"].filter(boots)).toEqual([]);
  });
  it("knows what /sbin/init is where it is not systemd", () => {
    const other = (reference: string) => baseImage(reference)?.otherInit;
    expect(other("debian:wheezy")).toBe("SysV init");
    expect(other("ubuntu:14.04")).toBe("Upstart");
    expect(["ubuntu-upstart", "ubuntu-upstart:14.10"].map(other)).toEqual(["Upstart", "Upstart"]);
    expect(other("centos:6")).toBe("Upstart");
    expect(other("amazonlinux:2018.03")).toBe("Upstart");
    expect(other("oraclelinux:6-slim")).toBe("Upstart");
    expect(other("sl:6")).toBe("Upstart");
    expect(other("sl:7")).toBeUndefined();
    expect(other("devuan/devuan:daedalus")).toBe("SysV init");
    expect(other("voidlinux/voidlinux")).toBe("another init");
    expect(other("alpine:3")).toMatch(/OpenRC/);
    expect(other("quay.io/fedora/fedora-bootc:42")).toMatch(/bootable image/);
    expect(other("registry.redhat.io/rhel9/rhel-bootc")).toMatch(/bootable image/);
    expect(other("debian:8")).toBeUndefined();
  });
  it("installs with the package manager that the image has", () => {
    const install = (reference: string) => baseImage(reference)?.install?.split(" ").slice(0, 3).join(" ");
    expect(install("ubuntu:24.04")).toBe("apt-get update &&");
    expect(baseImage("debian:12")?.install).toContain("systemd systemd-sysv dbus");
    expect(install("centos:7")).toBe("yum -y install");
    expect(install("rockylinux:9")).toBe("dnf -y install");
    expect(install("rockylinux:9-minimal")).toBe("microdnf -y install");
    expect(install("opensuse/leap:15.6")).toBe("zypper -n install");
    expect(install("archlinux")).toBe("pacman -Syu --noconfirm");
    expect(install("alpine")).toBeUndefined();
    expect(install("debian:7")).toBeUndefined();
  });
  it("knows which plain images have systemd", () => {
    const has = (reference: string) => baseImage(reference)?.hasSystemd;
    expect(
      ["debian:12", "ubuntu:24.04", "fedora:43", "rockylinux:9", "rockylinux:9.1", "amazonlinux:2023"].map(
        has,
      ),
    ).toEqual(Array(6).fill("no"));
    expect(["rockylinux:9.0", "rockylinux:8", "quay.io/centos/centos:stream9"].map(has)).toEqual(
      Array(3).fill("unknown"),
    );
    expect(["almalinux:9", "almalinux:10", "centos:7"].map(has)).toEqual(Array(3).fill("yes"));
  });
  it("knows what is missing in images that boot systemd", () => {
    expect(baseImage("jrei/systemd-fedora:42")?.deletedWants).toBe(true);
    expect(baseImage("centos/systemd")?.deletedWants).toBe(true);
    expect(baseImage("mcr.microsoft.com/devcontainers/base:debian-12")?.systemctlStub).toBe(
      "/usr/local/bin/systemctl",
    );
  });
  it("knows the metadata that matters", () => {
    expect(baseImage("ubi9-init")).toMatchObject({ stopSignal: "SIGRTMIN+3", env: { container: "oci" } });
    expect(baseImage("jrei/systemd-debian:12")).toMatchObject({ volumes: ["/sys/fs/cgroup"] });
    const volumes = (distribution: string) =>
      baseImage(`geerlingguy/docker-${distribution}-ansible`)?.volumes?.toString();
    expect(["debian12", "rockylinux9", "amazonlinux2023", "centos7"].map(volumes)).toEqual(
      Array.from({ length: 4 }, () => "/sys/fs/cgroup"),
    );
    expect(["ubuntu1604", "ubuntu2404", "fedora31", "fedora41"].map(volumes)).toEqual(
      Array.from({ length: 4 }, () => "/sys/fs/cgroup,/tmp,/run"),
    );
    expect(baseImage("debian:12")).toMatchObject({ sh: "dash", hasSystemd: "no", initPath: "/sbin/init" });
    expect(baseImage("fedora:42")).toMatchObject({ sh: "bash", initPath: "/usr/sbin/init" });
  });
});

it.each<[reference: string, container: string | undefined]>([
  ["registry.fedoraproject.org/fedora:44", "oci"],
  ["registry.fedoraproject.org/fedora:rawhide", "oci"],
  ["registry.fedoraproject.org/fedora:28", undefined],
  ["fedora:44", undefined],
  ["rockylinux/rockylinux:9", "oci"],
  ["rockylinux/rockylinux:8", undefined],
  ["rockylinux:9", undefined],
  ["solita/ubuntu-systemd:18.04", "docker"],
  ["quay.io/freeipa/freeipa-server:fedora-44", "oci"],
])("%s sets container to %s", (reference, container) => {
  expect(baseImage(reference)?.env?.container).toBe(container);
});
