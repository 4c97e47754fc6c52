"""What a failed exchange means: try again, ask for less, or stop with a message that names the remedy.

The patterns are what servers were seen to answer: OpenAI, Azure, Groq, Mistral, DeepSeek, OpenRouter, vLLM, Ollama,
llama.cpp and LM Studio. They agree on little; most name the parameter somewhere in the message.
"""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from enrich.llm.capabilities import Parameter, capabilities_of
from enrich.llm.completion import Failure, Reply
from enrich.text.count import counted
from enrich.text.pattern import lazy_pattern
from enrich.text.quoted import quote

RETRIED_STATUS = frozenset({408, 409, 429})
"""RFC 9110 and 6585: a timeout, a conflict with another request, too many requests; each passes by itself."""
NOT_RETRIED_SERVER_ERRORS = frozenset({501, 505})
"""RFC 9110: not implemented, and a version of HTTP that is not spoken; neither passes."""
CUT_OFF = frozenset({"length", "max_tokens", "max_output_tokens", "model_length"})
BLOCKED = frozenset({"content_filter", "safety", "recitation", "prohibited_content"})
ANOTHER_MODEL = "choose another model (ENRICH_MODEL)"
WRONG_ADDRESS = "see whether ENRICH_BASE_URL ends in the version, as in /v1"
NOT_AN_ANSWER = frozenset({"tool_calls", "function_call", "error", "abort", "cancelled"})


class Retry(Struct, frozen=True):
    """The same request may succeed later."""

    fact: str


class Without(Struct, frozen=True):
    """The request may succeed without a parameter."""

    parameter: Parameter
    for_good: bool = True
    """Worth remembering: the endpoint never takes it, rather than not for this answer or not while it is unwell."""


class Stop(Struct, frozen=True):
    """No further request helps."""

    fact: str
    remedy: str
    setting: bool = False
    """The remedy is a setting, not another model or another day."""


Diagnosis = Retry | Without | Stop

_TOO_LONG = lazy_pattern(
    r"context[ _](length|size|window|limit)|maximum context|prompt is too long|too many (input )?tokens"
    r"|input (is )?too long"
    r"|exceeds? the (available|maximum|model'?s?) (context|input)|reduce the length",
    re.IGNORECASE,
)
_FILTERED = lazy_pattern(
    r"content[_ ](filter|management policy|policy violation)|responsible ?ai ?policy", re.IGNORECASE
)
_BAD_KEY = lazy_pattern(
    r"(invalid|incorrect|missing|no|wrong|bad|expired)[ _]+(api[ _-]?key|credentials|auth\w*)", re.IGNORECASE
)
_PROXY_KEY = lazy_pattern(r"no connected db|virtual key|LiteLLM_VerificationToken", re.IGNORECASE)
"""What a LiteLLM proxy says of a key that is not one of its own, whatever the status."""
_NO_CREDIT = lazy_pattern(
    r"insufficient[_ ](quota|balance|credits?|funds)|billing[_ ](hard|not)|credit balance|account is not active",
    re.IGNORECASE,
)
_UNKNOWN_MODEL = lazy_pattern(
    r"model[_ ]not[_ ](found|exist)|deployment ?not ?found|deployment .{0,60}does not exist|unknown model|invalid model"
    r"|model\b.{0,120}\b(not found|does not exist|not exist|no longer|deprecated|not available|decommissioned)"
    r"|not a valid model|no endpoints found for|no such model|failed to load model",
    re.IGNORECASE | re.DOTALL,
)
_BAD_OUTPUT = lazy_pattern(r"json_validate_failed|failed to generate json", re.IGNORECASE)

_NO_STREAM = lazy_pattern(
    r"\bto stream this model\b|stream(ing)?\b.{0,60}\bnot\b.{0,20}\b(support|allow|possible|available|compatible)"
    r"|not (support|compatible|work)\w*( \w+){0,3} stream|'stream' does not support|\"param\W+stream\W",
    re.IGNORECASE,
)
_NO_ROLE = lazy_pattern(
    r"system role|role\W{0,3}system|got system|roles must alternate|(only|supported)\b.{0,40}\broles", re.IGNORECASE
)
_NAMES: tuple[tuple[Parameter, re.Pattern[str]], ...] = (
    ("stream_options", lazy_pattern(r"stream_options|include_usage", re.IGNORECASE)),
    ("limit", lazy_pattern(r"max_(completion_|output_|new_)?tokens", re.IGNORECASE)),
    ("temperature", lazy_pattern(r"\btemperature\b", re.IGNORECASE)),
    ("stream", _NO_STREAM),
    (
        "response_format",
        lazy_pattern(
            r"response[_ ]?format|json_?schema|json_object|json schema|json mode|structured[_ ]outputs?"
            r"|guided|grammar|xgrammar|output_config|requested parameters",
            re.IGNORECASE,
        ),
    ),
    ("system", _NO_ROLE),
)
_PARAMS: Mapping[str, Parameter] = {
    "response_format": "response_format",
    "stream": "stream",
    "stream_options": "stream_options",
    "temperature": "temperature",
    "max_tokens": "limit",
    "max_completion_tokens": "limit",
}


def diagnose(failure: Failure, request: Mapping[str, Any]) -> Diagnosis:
    """What to do after ``failure`` of ``request``."""
    if failure.kind == "size":
        return Stop(quote(failure.message, 300), ANOTHER_MODEL)
    if failure.code in {"not_json", "certificate"}:
        return Stop(quote(failure.message, 300), WRONG_ADDRESS, setting=True)
    if failure.kind in {"connection", "timeout"}:
        return Retry(quote(failure.message, 300))
    return _diagnose_words(failure, request)


def _diagnose_words(failure: Failure, request: Mapping[str, Any]) -> Diagnosis:
    """By status and by what is said; what is said in mid-stream often comes without a status and is read as a 400."""
    status, said = failure.status or 400, f"{failure.code} {failure.message}"
    if stop := _known_stop(failure, status, said):
        return stop
    if parameter := refused_parameter(failure, request):
        return Without(parameter, for_good=not (is_passing(status) or _BAD_OUTPUT.search(said)))
    if stop := _wrong_setting(failure, status, said):
        return stop
    if is_passing(status) or (failure.kind == "stream" and failure.status is None):
        return Retry(describe_failure(failure))
    return Stop(describe_failure(failure), "see the run folder for what was asked and answered")


def is_passing(status: int) -> bool:
    """Whether a status may be another one next time."""
    return status in RETRIED_STATUS or (500 <= status <= 599 and status not in NOT_RETRIED_SERVER_ERRORS)


def _known_stop(failure: Failure, status: int, said: str) -> Stop | None:
    words = describe_failure(failure)
    if status == 402 or _NO_CREDIT.search(said):
        return Stop(words, "top up the account or set another ENRICH_API_KEY")
    if status == 401 or (status in {400, 403} and _BAD_KEY.search(said)) or _PROXY_KEY.search(said):
        return Stop(words, "set ENRICH_API_KEY (or OPENAI_API_KEY) to a key of this endpoint", setting=True)
    if (status in {400, 413, 422, 500} and _TOO_LONG.search(said)) or "request too large" in said.lower():
        remedy = "give a shorter text with --text FILE or choose a model with a longer context (ENRICH_MODEL)"
        return Stop(f"the prompt is longer than the model takes ({words})", remedy)
    if status in {400, 403} and _FILTERED.search(said):
        return Stop(f"the endpoint's content filter stopped the prompt ({words})", ANOTHER_MODEL)
    return None


def refused_parameter(failure: Failure, request: Mapping[str, Any]) -> Parameter | None:
    """The parameter of ``request`` that the endpoint does not take; None when the failure is about something else."""
    if (failure.status or 400) not in {400, 404, 405, 415, 422, 500, 501, 503}:
        return None
    named = _PARAMS.get(failure.param.split(".")[0])
    if named and _is_sent(named, request):
        return named
    said = f"{failure.code} {failure.message}"
    if _BAD_OUTPUT.search(said) and _is_sent("response_format", request):
        return "response_format"
    if _is_sent("stream", request) and _NO_STREAM.search(said):
        return "stream"
    return next((name for name, pattern in _NAMES if _is_sent(name, request) and pattern.search(said)), None)


def _is_sent(parameter: Parameter, request: Mapping[str, Any]) -> bool:
    sent = capabilities_of(request)
    if parameter == "response_format":
        return sent.mode != "text"
    return bool(getattr(sent, parameter))


def _wrong_setting(failure: Failure, status: int, said: str) -> Stop | None:
    words = describe_failure(failure)
    if status in {400, 404, 410, 422} and _UNKNOWN_MODEL.search(said):
        return Stop(words, "set ENRICH_MODEL to a model that the endpoint has", setting=True)
    if status == 403:
        return Stop(words, "use a key and a model that may be used (ENRICH_API_KEY, ENRICH_MODEL)", setting=True)
    if status in {404, 405} or 300 <= status < 400:
        return Stop(words, WRONG_ADDRESS, setting=True)
    return None


def describe_failure(failure: Failure) -> str:
    """Status and the endpoint's words, on one line of bearable length."""
    words = quote(failure.message, 300)
    return f"status {failure.status}: {words}" if failure.status else words


def judge_reply(reply: Reply) -> Stop | None:
    """Why a whole reply is still no answer; None when it may be one."""
    reason = reply.finish_reason.lower()
    if reply.refusal:
        return Stop(f"the model refused: {quote(reply.refusal)}", ANOTHER_MODEL)
    if reason in BLOCKED:
        return Stop("a content filter stopped the answer", ANOTHER_MODEL)
    if reason in CUT_OFF:
        tokens = reply.usage.completion_tokens
        after = f" after {counted(tokens, 'token')}" if tokens else ""
        return Stop(f"the answer was cut off{after}", "choose a model with a longer answer (ENRICH_MODEL)")
    if reason in NOT_AN_ANSWER:
        return Stop(f"the model stopped with {quote(reply.finish_reason, 80)!r} instead of an answer", ANOTHER_MODEL)
    if not reply.text.strip():
        return Stop("the answer is empty", ANOTHER_MODEL)
    return None
