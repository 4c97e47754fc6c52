"""Diagnosis: answers that real servers gave, and what is done about each."""

from typing import Any

import pytest

from enrich.llm.completion import Failure, Reply
from enrich.llm.diagnosis import Retry, Stop, Without, diagnose, judge_reply

REQUEST: dict[str, Any] = {
    "model": "m",
    "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}],
    "response_format": {"type": "json_schema", "json_schema": {}},
    "temperature": 0.2,
    "max_tokens": 900,
    "stream": True,
    "stream_options": {"include_usage": True},
}
MISTRAL = '{"detail": [{"type": "extra_forbidden", "loc": ["body", "%s"], "msg": "Extra inputs are not permitted"}]}'


@pytest.mark.parametrize(
    ("status", "message", "fields", "parameter"),
    [
        (400, "This response_format type is unavailable now", {}, "response_format"),
        (422, "response_format: response_format.type `json_schema` is unavailable now", {}, "response_format"),
        (400, "'response_format.type' must be 'json_schema' or 'text'", {}, "response_format"),
        (400, "This model does not support response format `json_schema`.", {}, "response_format"),
        (400, "Invalid schema for response_format 'note': ...", {"param": "response_format"}, "response_format"),
        (400, "response_format value as json_schema is enabled only for api versions 2024", {}, "response_format"),
        (400, "The provided JSON schema contains features not supported by xgrammar.", {}, "response_format"),
        (400, "Failed to initialize samplers: failed to parse grammar", {}, "response_format"),
        (404, "No endpoints found that can handle the requested parameters.", {}, "response_format"),
        (501, "structured outputs are not implemented", {}, "response_format"),
        (400, "Failed to generate JSON. Please adjust", {"code": "json_validate_failed"}, "response_format"),
        (400, "Unknown parameter: 'stream_options'.", {"param": "stream_options"}, "stream_options"),
        (422, MISTRAL % 'stream_options", "include_usage', {}, "stream_options"),
        (422, MISTRAL % "max_tokens", {}, "limit"),
        (400, "Unsupported parameter: 'max_tokens' ... Use 'max_completion_tokens'", {"param": "max_tokens"}, "limit"),
        (400, "'temperature' does not support 0.2 with this model.", {"param": "temperature"}, "temperature"),
        (400, "Your organization must be verified to stream this model.", {"param": "stream"}, "stream"),
        (400, "'stream' does not support true with this model.", {"code": "unsupported_value"}, "stream"),
        (400, "response_format` does not support streaming", {}, "stream"),
        (400, "System role not supported", {}, "system"),
        (500, "conversation roles must alternate user and assistant roles", {}, "system"),
        (400, "Only user, assistant and tool roles are supported, got system", {}, "system"),
    ],
)
def test_refused_parts_of_a_request_are_recognised(
    status: int, message: str, fields: dict[str, str], parameter: str
) -> None:
    """An endpoint that takes less than OpenAI's is asked for less, instead of failing the draft."""
    diagnosis = diagnose(Failure("status", message, status=status, **fields), REQUEST)  # type: ignore[arg-type]
    assert isinstance(diagnosis, Without)
    assert diagnosis.parameter == parameter


def test_part_that_was_not_sent_is_not_blamed() -> None:
    """A refusal of something that is already left out ends the ladder."""
    bare = {"model": "m", "messages": [{"role": "user", "content": "u"}]}
    failure = Failure("status", "This response_format type is unavailable now", status=400)
    assert isinstance(diagnose(failure, bare), Stop)


def test_output_that_failed_validation_is_not_held_against_the_endpoint() -> None:
    """One bad answer does not turn JSON mode off for a month."""
    failure = Failure("status", "Failed to generate JSON", status=400, code="json_validate_failed")
    assert diagnose(failure, REQUEST) == Without("response_format", for_good=False)


@pytest.mark.parametrize(
    ("status", "message", "fields", "remedy"),
    [
        (401, "Incorrect API key provided", {}, "ENRICH_API_KEY"),
        (403, "Country, region, or territory not supported", {}, "ENRICH_API_KEY"),
        (400, "API key not valid. Invalid API key", {}, "ENRICH_API_KEY"),
        (404, "The model `gpt-9` does not exist or you do not have access to it.", {}, "ENRICH_MODEL"),
        (404, 'model "llama9" not found, try pulling it first', {}, "ENRICH_MODEL"),
        (400, "Model Not Exist", {}, "ENRICH_MODEL"),
        (400, "nous/hermes-9 is not a valid model ID", {}, "ENRICH_MODEL"),
        (404, "The API deployment for this resource does not exist.", {"code": "DeploymentNotFound"}, "ENRICH_MODEL"),
        (404, "404 page not found", {}, "ENRICH_BASE_URL"),
        (405, "Method Not Allowed", {}, "ENRICH_BASE_URL"),
        (301, "moved to https://elsewhere.example/", {}, "ENRICH_BASE_URL"),
    ],
)
def test_wrong_settings_name_the_setting(status: int, message: str, fields: dict[str, str], remedy: str) -> None:
    """A wrong key, model or address is said to be one, with the setting that mends it."""
    diagnosis = diagnose(Failure("status", message, status=status, **fields), REQUEST)  # type: ignore[arg-type]
    assert isinstance(diagnosis, Stop)
    assert diagnosis.setting
    assert remedy in diagnosis.remedy


@pytest.mark.parametrize(
    ("status", "message", "fields", "fact"),
    [
        (400, "This model's maximum context length is 8192 tokens", {"code": "context_length_exceeded"}, "longer than"),
        (400, "the request exceeds the available context size, try increasing it", {}, "longer than"),
        (413, "Request too large for model", {}, "longer than"),
        (429, "Request too large for gpt-4o on tokens per min (TPM): Limit 30000", {}, "longer than"),
        (400, "filtered due to the prompt triggering content management policy", {"code": "content_filter"}, "filter"),
        (402, "Insufficient Balance", {}, "402"),
        (429, "You exceeded your current quota", {"code": "insufficient_quota"}, "quota"),
        (418, "I'm a teapot", {}, "teapot"),
    ],
)
def test_hopeless_requests_stop_at_once(status: int, message: str, fields: dict[str, str], fact: str) -> None:
    """What no repetition helps against costs no further request."""
    diagnosis = diagnose(Failure("status", message, status=status, **fields), REQUEST)  # type: ignore[arg-type]
    assert isinstance(diagnosis, Stop)
    assert not diagnosis.setting
    assert fact in diagnosis.fact


@pytest.mark.parametrize(
    "failure",
    [
        Failure("status", "Rate limit reached; see account/billing to raise it", status=429),
        Failure("status", "Too many tokens, please wait before trying again.", status=429),
        Failure("status", "overloaded", status=529),
        Failure("status", "Request Timeout", status=408),
        Failure("status", "conflict", status=409),
        Failure("timeout", "no answer in time"),
        Failure("connection", "no connection (refused)"),
        Failure("stream", "the stream ended before the answer did"),
        Failure("stream", "overloaded", status=502),
    ],
)
def test_passing_failures_are_tried_again(failure: Failure) -> None:
    """A busy endpoint or a dropped connection does not fail the draft at once."""
    assert isinstance(diagnose(failure, REQUEST), Retry)


def test_mid_stream_error_without_a_status_is_read_by_its_words() -> None:
    """A prompt that is too long is said to be, also when the endpoint notices it late."""
    failure = Failure("stream", "maximum context length is 8192", code="context_length_exceeded")
    assert isinstance(diagnose(failure, REQUEST), Stop)


@pytest.mark.parametrize(
    ("reply", "fact"),
    [
        (Reply(text="{}", refusal="I can't help with that.", finish_reason="stop"), "refused: I can't help"),
        (Reply(text='{"a"', finish_reason="length"), "cut off"),
        (Reply(text='{"a"', finish_reason="MAX_TOKENS"), "cut off"),
        (Reply(text="{}", finish_reason="content_filter"), "content filter"),
        (Reply(text="  ", finish_reason="stop"), "empty"),
        (Reply(reasoning="hm", finish_reason="stop"), "empty"),
        (Reply(text="{}", finish_reason="tool_calls"), "tool_calls"),
    ],
)
def test_replies_that_are_no_answers_are_told(reply: Reply, fact: str) -> None:
    """No note is made from a refusal, an empty answer or half of one."""
    stop = judge_reply(reply)
    assert stop is not None
    assert fact in stop.fact


@pytest.mark.parametrize("reason", ["stop", "eos_token", "end_turn", ""])
def test_any_usual_way_to_finish_is_fine(reason: str) -> None:
    """Servers name the natural end in several ways."""
    assert judge_reply(Reply(text="{}", finish_reason=reason)) is None


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "Authentication Error, No connected db."),
        (500, "No connected db."),
        (401, "Authentication Error, No connected db."),
        (400, "LiteLLM Virtual Key expected. Received=sk-12, expected to start with 'sk-'."),
        (403, "Unable to find token in cache or `LiteLLM_VerificationTokenTable`"),
    ],
)
def test_a_proxy_that_does_not_know_the_key_is_a_matter_of_the_key(status: int, message: str) -> None:
    """A LiteLLM proxy speaks of its database where it means the key; trying again would not help."""
    done = diagnose(Failure("status", message, status=status), REQUEST)
    assert isinstance(done, Stop)
    assert done.setting
    assert "ENRICH_API_KEY" in done.remedy
