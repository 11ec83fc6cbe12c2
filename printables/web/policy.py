"""What a page may load and run, said in the page itself: so it holds on any server, and for a site in any folder."""

import base64
import hashlib
import re

SCRIPT = re.compile(r"<script(?: type=\"text/javascript\")?>(.*?)</script>", re.DOTALL)
CHARSET = re.compile(r"<meta charset=\"?utf-8\"?>", re.IGNORECASE)
RULES = (
    "default-src 'self'",
    "img-src 'self' data:",
    "style-src 'self' 'unsafe-inline'",  # lengths that depend on a text are told in its style
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)


def guarded(html: str) -> str:
    """The page with its policy: files of this site, the scripts that stand in the page, and no others."""
    digests = dict.fromkeys(_digest(script[1]) for script in SCRIPT.finditer(html))
    scripts = " ".join(["script-src 'self'", *digests])
    policy = "; ".join([*RULES, scripts])
    metas = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="referrer" content="strict-origin-when-cross-origin">'
    )
    return CHARSET.sub(lambda charset: charset[0] + metas, html, count=1)


def _digest(script: str) -> str:
    """How a policy names a script (CSP Level 3)."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
