"""alerts/signature.py: as the Standard Webhooks specification has it."""

from datetime import UTC, datetime

import pytest

from alerts.signature import key_of, signed


def test_signature_is_that_of_the_example_of_the_specification() -> None:
    key = key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")

    headers = signed(
        b'{"test": 2432232314}',
        key,
        id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        at=datetime.fromtimestamp(1614265330.9, UTC),
    )

    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_secret_may_stand_without_its_prefix() -> None:
    assert key_of("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") == key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")


@pytest.mark.parametrize("secret", ["whsec_", "whsec_a29ydA==", "geen base64!", "QUFB" * 22])
def test_secret_that_is_no_good_key_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match=r"base64|short"):
        key_of(secret)
