import type { Rule } from "../rule";
import { imageBootTarget } from "./image-boot-target";
import { imageCgroupVolume } from "./image-cgroup-volume";
import { imageContainerEnv } from "./image-container-env";
import { imageContainerEnvValue } from "./image-container-env-value";
import { imageEnvLegacyForm } from "./image-env-legacy-form";
import { imageMachineId } from "./image-machine-id";
import { imageRunFlags } from "./image-run-flags";
import { imageRuntimeVolume } from "./image-runtime-volume";
import { imageShellFormInit } from "./image-shell-form-init";
import { imageStopSignal } from "./image-stop-signal";
import { imageSystemdArgs } from "./image-systemd-args";
import { imageSystemdMissing } from "./image-systemd-missing";
import { imageTargetSkipsServices } from "./image-target-skips-services";
import { imageUserNotRoot } from "./image-user-not-root";
import { runCgroupNamespace } from "./run-cgroup-namespace";
import { runCgroupReadOnly } from "./run-cgroup-read-only";
import { runCgroupWritable } from "./run-cgroup-writable";
import { runContainerEnv } from "./run-container-env";
import { runInit } from "./run-init";
import { runPrivileged } from "./run-privileged";
import { runStopSignal } from "./run-stop-signal";
import { runTmpfsRun } from "./run-tmpfs-run";

/** The catalogue, in the order of the pages. Generated from the files of this folder. */
export const rules: readonly Rule[] = [
  imageBootTarget,
  imageCgroupVolume,
  imageContainerEnv,
  imageContainerEnvValue,
  imageEnvLegacyForm,
  imageMachineId,
  imageRunFlags,
  imageRuntimeVolume,
  imageShellFormInit,
  imageStopSignal,
  imageSystemdArgs,
  imageSystemdMissing,
  imageTargetSkipsServices,
  imageUserNotRoot,
  runCgroupNamespace,
  runCgroupReadOnly,
  runCgroupWritable,
  runContainerEnv,
  runInit,
  runPrivileged,
  runStopSignal,
  runTmpfsRun,
];
