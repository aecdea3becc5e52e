import type { CreateRequest } from "../../../server/src/protocol";

type Fields = Readonly<Record<string, unknown>>;

/** The container of a plan, adapted for a trial boot, and the named volumes that it needs. */
export interface Trial {
  readonly create: CreateRequest;
  readonly volumes: readonly string[];
}

/**
 * Returns the request that creates the container of a plan for a trial boot. It uses the given image, and separate
 * volumes in place of those of the project, so that a boot changes no data. It publishes no ports, is not restarted,
 * and joins no network of the project, so two trials do not conflict. `own` maps the name of a volume in the plan to
 * that of the separate volume.
 */
export function trialOf(
  { api, body }: CreateRequest,
  image: string | undefined,
  own: (name: string) => string,
): Trial {
  const volumes = new Set<string>();
  const volume = (name: string) => {
    volumes.add(own(name));
    return own(name);
  };
  const changed = api === "docker" ? dockerBody(body, volume) : libpodBody(body, volume);
  const named = image === undefined ? {} : api === "docker" ? { Image: image } : { image };
  return { create: { api, body: { ...changed, ...named } }, volumes: [...volumes] };
}

/** Network modes that do not refer to a network of the project. */
const plainNetwork = /^(host|none|bridge|default|private|container:.*|ns:.*|slirp4netns.*|pasta.*)?$/;

function dockerBody({ NetworkingConfig: _, ...body }: Fields, volume: (name: string) => string): Fields {
  const {
    PortBindings: _ports,
    RestartPolicy: _policy,
    NetworkMode,
    Binds,
    Mounts,
    ...host
  } = (body.HostConfig ?? {}) as Fields;
  const binds = list(Binds).map((each) => {
    const [source = "", ...rest] = String(each).split(":");
    return isVolume(source) ? [volume(source), ...rest].join(":") : each;
  });
  const mounts = list<Fields>(Mounts).map((mount) => {
    const { Type, Source } = mount;
    return Type === "volume" && typeof Source === "string" ? { ...mount, Source: volume(Source) } : mount;
  });
  const keepsNetwork = typeof NetworkMode === "string" && plainNetwork.test(NetworkMode);
  return {
    ...body,
    HostConfig: {
      ...host,
      ...(Binds !== undefined && { Binds: binds }),
      ...(Mounts !== undefined && { Mounts: mounts }),
      ...(keepsNetwork && { NetworkMode }),
    },
  };
}

function libpodBody(body: Fields, volume: (name: string) => string): Fields {
  const {
    portmappings: _ports,
    restart_policy: _policy,
    restart_tries: _tries,
    Networks,
    netns,
    ...rest
  } = body;
  const volumes = list<Fields>(rest.volumes).map((each) => {
    const { Name } = each;
    return typeof Name === "string" && Name !== "" ? { ...each, Name: volume(Name) } : each;
  });
  return {
    ...rest,
    ...(Networks === undefined && netns !== undefined && { netns }),
    ...(rest.volumes !== undefined && { volumes }),
  };
}

/** The source of a bind mount is a path; a volume name has at least two characters (moby, `daemon/names`). */
function isVolume(source: string): boolean {
  return /^[a-z0-9][\w.-]+$/i.test(source);
}

function list<T = unknown>(value: unknown): readonly T[] {
  return Array.isArray(value) ? value : [];
}
