"""How people move about in the newsroom: signing in, writing, and taking steps, as they would by hand."""

from playwright.sync_api import Page

from offices.models import Office, User
from offices.roles import Role
from tests.factories import member

PASSWORD = "kata sandi yang panjang"


def with_password(role: Role, office: Office, **fields) -> User:
    """A person who holds `role` at `office` and can sign in."""
    user = member(role, office, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(page: Page, user: User) -> None:
    page.goto("/admin/login/")
    page.fill("input[name=username]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("input[type=submit]")
    page.wait_for_url("**/admin/")


def write_body(page: Page, html: str) -> None:
    """Put `html` into the running editor as pasted source would come."""
    page.wait_for_function("() => globalThis.CKEDITOR?.instances.id_body?.status === 'ready'")
    page.evaluate("(html) => CKEDITOR.instances.id_body.setData(html)", html)


def choose(page: Page, field: str, term: str) -> None:
    """Pick the first suggestion for `term` in a search-as-you-type field."""
    page.locator(f"#id_{field} + .select2 .select2-selection").click()
    page.locator(".select2-container--open .select2-search__field").fill(term)
    option = page.locator(".select2-results__option--highlighted:not(.loading-results)").filter(has_text=term).first
    option.click()


def take_step(page: Page, name: str) -> None:
    """Press the button of a step that asks for no reason."""
    page.locator(".desk__steps").get_by_role("button", name=name, exact=True).click()
    page.locator(".messagelist .success").wait_for()
