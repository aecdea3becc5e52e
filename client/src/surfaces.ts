// Generated from the server's table of surfaces; `npm run test:unit -- -u` writes it.

/** The kinds of files that are linted, by their names and languages. */
export const surfaces = [{
  "kind": "dockerfile",
  "languageIds": [
    "dockerfile"
  ],
  "names": [
    "Dockerfile",
    "Containerfile",
    "Dockerfile.*",
    "Containerfile.*",
    "*.dockerfile",
    "*.Dockerfile",
    "*.containerfile",
    "*.Containerfile"
  ],
  "except": [
    "*.j2",
    "*.jinja",
    "*.jinja2",
    "*.tmpl",
    "*.tpl",
    "*.template",
    "*.erb",
    "*.ejs",
    "*.hbs",
    "*.mustache",
    "*.m4",
    "*.md",
    "*.markdown",
    "*.rst",
    "*.adoc",
    "*.txt",
    "*.html",
    "*.bak",
    "*.orig",
    "*.rej",
    "*.swp",
    "*.patch",
    "*.diff",
    "*~",
    "*.json",
    "*.yaml",
    "*.yml",
    "*.lock",
    "*.log",
    "*.sh",
    "*ignore",
    ".dockerfile",
    ".containerfile"
  ]
}, {
  "kind": "dockerfile-template",
  "namedIn": [
    "jinja",
    "jinja-docker"
  ],
  "names": [
    "Dockerfile.j2",
    "*.Dockerfile.j2",
    "Dockerfile.*.j2"
  ]
}, {
  "kind": "compose",
  "languageIds": [
    "dockercompose"
  ],
  "names": [
    "compose.yaml",
    "compose.yml",
    "compose.*.yaml",
    "compose.*.yml",
    "compose-*.yaml",
    "compose-*.yml",
    "compose_*.yaml",
    "compose_*.yml",
    "*docker-compose.yaml",
    "*docker-compose.yml",
    "*docker-compose.*.yaml",
    "*docker-compose.*.yml",
    "*docker-compose-*.yaml",
    "*docker-compose-*.yml",
    "*docker-compose_*.yaml",
    "*docker-compose_*.yml",
    "*podman-compose.yaml",
    "*podman-compose.yml",
    "*podman-compose.*.yaml",
    "*podman-compose.*.yml",
    "*podman-compose-*.yaml",
    "*podman-compose-*.yml",
    "*podman-compose_*.yaml",
    "*podman-compose_*.yml",
    "*container-compose.yaml",
    "*container-compose.yml",
    "*container-compose.*.yaml",
    "*container-compose.*.yml",
    "*container-compose-*.yaml",
    "*container-compose-*.yml",
    "*container-compose_*.yaml",
    "*container-compose_*.yml"
  ]
}, {
  "kind": "molecule",
  "namedIn": [
    "yaml",
    "ansible"
  ],
  "names": [
    "molecule.yml",
    "molecule.yaml",
    "molecule/*/inventory/*.yml",
    "molecule/*/inventory/*.yaml"
  ]
}, {
  "kind": "kitchen",
  "namedIn": [
    "yaml"
  ],
  "names": [
    "kitchen.yml",
    ".kitchen.yml",
    "kitchen.*.yml",
    ".kitchen.*.yml"
  ]
}, {
  "kind": "devcontainer",
  "namedIn": [
    "jsonc",
    "json"
  ],
  "names": [
    "devcontainer.json",
    ".devcontainer.json"
  ]
}, {
  "kind": "github-actions",
  "namedIn": [
    "yaml",
    "github-actions-workflow"
  ],
  "names": [
    ".github/workflows/*.yml",
    ".github/workflows/*.yaml",
    "action.yml",
    "action.yaml"
  ]
}, {
  "kind": "gitlab-ci",
  "namedIn": [
    "yaml"
  ],
  "names": [
    "*.gitlab-ci.yml"
  ]
}, {
  "kind": "quadlet",
  "namedIn": [
    "plaintext",
    "ini",
    "properties",
    "systemd-conf",
    "systemd-unit-file",
    "quadlet"
  ],
  "names": [
    "*.container",
    "*.container.d/*.conf",
    "*.kube",
    "*.build"
  ],
  "except": [
    "meson.build"
  ]
}, {
  "kind": "script",
  "namedIn": [
    "shellscript"
  ],
  "names": [
    "*.sh",
    "*.bash"
  ]
}, {
  "kind": "makefile",
  "namedIn": [
    "makefile"
  ],
  "names": [
    "Makefile",
    "GNUmakefile",
    "*.mk"
  ]
}, {
  "kind": "markdown",
  "namedIn": [
    "markdown"
  ],
  "names": [
    "*.md"
  ]
}, {
  "kind": "terraform",
  "namedIn": [
    "terraform",
    "opentofu"
  ],
  "names": [
    "*.tf",
    "*.tofu"
  ]
}, {
  "kind": "ansible",
  "namedIn": [
    "yaml",
    "ansible"
  ],
  "names": [
    "*.yml",
    "*.yaml"
  ],
  "byContent": true
}, {
  "kind": "kubernetes",
  "namedIn": [
    "yaml"
  ],
  "names": [
    "*.yml",
    "*.yaml"
  ],
  "byContent": true
}, {
  "kind": "unit",
  "namedIn": [
    "plaintext",
    "ini",
    "properties",
    "systemd-conf",
    "systemd-unit-file"
  ],
  "names": [
    "*.service"
  ],
  "byContent": true
}] as const;
