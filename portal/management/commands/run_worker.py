"""Run the background worker: queued tasks, and the clock that queues what is due."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from portal.clock import Clock


class Command(BaseCommand):
    help = (
        "Publishes what is scheduled, sends mail and does other work in the background until it is stopped. "
        "Several may run; each thing is done once. TERM lets the task at hand end."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks into an empty queue")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=options["interval"],
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        worker.configure_signals()
        Clock().start()
        worker.run()
