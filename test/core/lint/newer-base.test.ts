import { expect, test } from "vitest";
import { baseImage } from "../../../server/src/core/image/base-images";
import { newerBase } from "../../../server/src/core/lint/queries/newer-base";
import { bootsOnCgroup } from "../../../server/src/core/systemd/cgroup-version";

const newer = (reference: string) => {
  const base = baseImage(reference);
  return base && newerBase(reference, base);
};

test.each([
  ["centos:7", "almalinux:9"],
  ["quay.io/centos/centos:centos7.9.2009", "almalinux:9"],
  ["centos/systemd", "almalinux/9-init"],
  ["rhel7-init", "registry.access.redhat.com/ubi9/ubi-init"],
  ["registry.access.redhat.com/ubi7/ubi-init:7.9", "registry.access.redhat.com/ubi9/ubi-init"],
  ["registry.access.redhat.com/ubi7:latest", "registry.access.redhat.com/ubi9/ubi"],
  ["sl:7", "almalinux:9"],
  ["fedora:24", "fedora:42"],
  ["fedora:44", "fedora:42"],
  ["debian:jessie-slim", "debian:13"],
  ["ubuntu:16.04", "ubuntu:24.04"],
  ["registry.example/library/amazonlinux:2", "registry.example/library/amazonlinux:2023"],
  ["geerlingguy/docker-centos7-ansible:latest", "geerlingguy/docker-rockylinux9-ansible:latest"],
  ["geerlingguy/docker-ubuntu1604-ansible", "geerlingguy/docker-ubuntu2404-ansible"],
  ["dokken/centos-7", "dokken/almalinux-9"],
  ["dokken/ubuntu-16.04", "dokken/ubuntu-24.04"],
  ["jrei/systemd-ubuntu:16.04", "jrei/systemd-ubuntu:24.04"],
  ["jrei/systemd-centos:7", "almalinux/9-init"],
])("a newer image for %s is %s, which boots on both versions of cgroups", (reference, expected) => {
  expect(newer(reference)).toBe(expected);
  const { systemdVersion = 0 } = baseImage(expected) ?? {};
  expect([1, 2].map((cgroup) => bootsOnCgroup(systemdVersion, cgroup as 1 | 2))).toEqual([true, true]);
});

test.each(["centos:7@sha256:0123", "centos:$VERSION", "amazonlinux", "opensuse/leap:15.6"])(
  "none is offered for %s",
  (reference) => expect(newer(reference)).toBeUndefined(),
);
