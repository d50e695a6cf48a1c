"""One of several gateway processes: `python -m gateway.workers.worker FD`, told its settings by the keeper."""

import os
import signal
import socket
import sys

from audit.errors import AuditError
from gateway.app import create_app
from gateway.policy.archive import BundleUnusable
from gateway.policy.program import ModuleUnusable
from gateway.secret_source import SettingsError
from gateway.server import Server
from gateway.settings import Settings
from gateway.workers.role import UNABLE, hear, when_abandoned


def main() -> None:
    """Serve on the socket that was inherited, until a signal comes or the keeper has gone."""
    settings = Settings.model_validate_json(hear())
    listen = settings.listen
    when_abandoned(lambda: os.kill(os.getpid(), signal.SIGTERM))
    app = create_app(settings)
    server = Server(app, app.framework, host=listen.host, port=listen.port, drain_s=settings.limits.drain_s, alone=True)
    try:
        server.run([socket.socket(fileno=int(sys.argv[1]))])
    except (SettingsError, AuditError, BundleUnusable, ModuleUnusable) as exc:
        sys.stderr.write(f"airlock: {exc}\n")
        sys.exit(UNABLE)


if __name__ == "__main__":
    main()
