"""The `kinbind` command: its sub-commands, its exit codes, how errors are shown."""

import os
import sys
from typing import Annotated

import typer

from console.commands.administration.api_key import api_key_app
from console.commands.administration.backup import backup, restore
from console.commands.administration.doctor import doctor
from console.commands.administration.keys import keys_app
from console.commands.administration.orchestrator import orchestrator
from console.commands.administration.outbox import outbox_app
from console.commands.administration.policy import policy_app
from console.commands.administration.retry import retry
from console.commands.administration.serve import serve
from console.commands.administration.user import user_app
from console.commands.administration.worker import worker
from console.commands.audit.audit import audit_app
from console.commands.audit.dataset import dataset
from console.commands.audit.drift import drift
from console.commands.audit.reconcile import reconcile
from console.commands.audit.report import report_app
from console.commands.error_lines import file_failure_line, wrong_use_lines
from console.commands.output import say
from console.commands.review.consent import consent_app
from console.commands.review.employer_results import employer_results
from console.commands.review.review import review_app
from console.commands.review.unbind import unbind
from console.commands.verification.compare_faces import compare_faces
from console.commands.verification.read import read
from console.commands.verification.relate import relate
from console.commands.verification.run import run
from console.commands.verification.specimens import specimens

app = typer.Typer(
    name="kinbind",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # the decorated help doubles the time to the first line
    help="""医保亲情账户材料核验。Verify the papers that bind a family member to a medical-insurance
    account.

    Exit codes: 0 done · 1 done, with findings or failures that the text names · 2 wrong use ·
    3 something it needs is missing.""",
)
app.command(short_help="办理申请 verify a folder of applications")(run)
app.command(short_help="读取材料 read single documents")(read)
app.command(name="compare-faces", short_help="人脸比对 same person?")(compare_faces)
app.command(short_help="称谓关系 what two relation words allow")(relate)
app.command(short_help="虚构材料 draw invented applications")(specimens)
app.add_typer(review_app, name="review")
app.command(short_help="解除绑定 undo a binding")(unbind)
app.add_typer(consent_app, name="consent")
app.command(short_help="对账 do database, objects and audit chain agree?")(reconcile)
app.command(name="employer-results", short_help="单位批量结果 an employer's delivery")(
    employer_results
)
app.command(short_help="取回系统故障件 give the machine back what the system failed on")(retry)
app.add_typer(audit_app, name="audit")
app.command(short_help="整套系统 orchestrator, worker, console")(serve)
app.command(short_help="编排服务 the orchestrator alone")(orchestrator)
app.command(short_help="工作进程 a worker for an orchestrator elsewhere")(worker)
app.add_typer(user_app, name="user")
app.command(short_help="备份 database, objects, roots; never the master key")(backup)
app.command(short_help="恢复 an installation from a backup")(restore)
app.add_typer(keys_app, name="keys")
app.add_typer(api_key_app, name="api-key")
app.add_typer(outbox_app, name="outbox")
app.add_typer(policy_app, name="policy")
app.command(short_help="数据表 the data team's tables")(dataset)
app.command(short_help="漂移 which daily shares left their limits")(drift)
app.add_typer(report_app, name="report")
app.command(short_help="自检 is everything here?")(doctor)


@app.callback(invoke_without_command=True)
def _version(
    *, version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False
) -> None:
    if version:
        from importlib.metadata import version as installed

        say(f"kinbind {installed('kinbind')}")
        raise typer.Exit


def main() -> None:
    """Run the command; what it cannot do becomes a sentence and an exit code, not a traceback."""
    from models.errors import KinbindError, MissingPartError, SettingError
    from storage.private_files import harden_process

    harden_process()
    try:
        sys.exit(app(standalone_mode=False))
    except typer.TyperException as error:
        say(*wrong_use_lines(error), err=True)
        sys.exit(error.exit_code)
    except typer.Abort:
        _fail("已中止 aborted", 1)
    except MissingPartError as error:
        _fail(error, 3)
    except SettingError as error:
        _fail(error, 2)
    except KinbindError as error:
        _fail(error, 1)
    except BrokenPipeError:
        _end_unread()
    except OSError as error:
        _fail(file_failure_line(error), 1)


def _fail(error: Exception | str, code: int) -> None:
    say(f"kinbind: {error}", err=True)
    sys.exit(code)


def _end_unread() -> None:
    """Whoever read the output has gone (`kinbind … | head`): nothing is left to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(1)


if __name__ == "__main__":
    main()
