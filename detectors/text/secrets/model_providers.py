"""Keys of model providers, and of the services around them."""

from typing import Final

from detectors.text.secrets.checks import looks_random, not_filler, openai_mark
from detectors.text.secrets.kind import ALNUM, HEX, LIKELY, URLSAFE, UUID, Kind, near, token

MODEL_PROVIDERS: Final = (
    Kind(
        "SECRET_OPENAI_KEY",
        "OpenAI key, or one of the same form",
        (
            token("sk-(?:proj|svcacct|admin|None)-", rf"{URLSAFE}{{20,256}}"),
            token("sk-[A-Za-z0-9]{8}", rf"{ALNUM}{{24,56}}", score=LIKELY),
            token("sess-[A-Za-z0-9]{8}", rf"{ALNUM}{{32}}", score=LIKELY),
        ),
        openai_mark,
    ),
    Kind("SECRET_ANTHROPIC_KEY", "Anthropic key", (token("sk-ant-", rf"[a-z]{{2,8}}\d{{2}}-{URLSAFE}{{20,256}}"),)),
    Kind(
        "SECRET_HUGGINGFACE_TOKEN",
        "Hugging Face token",
        (token("hf_", rf"{ALNUM}{{34,40}}"), token("api_org_", rf"{ALNUM}{{34}}")),
    ),
    Kind("SECRET_GROQ_KEY", "Groq key", (token("gsk_", rf"{ALNUM}{{50,56}}"),), not_filler),
    Kind("SECRET_XAI_KEY", "xAI key", (token("xai-", rf"{ALNUM}{{70,90}}"),), not_filler),
    Kind("SECRET_PERPLEXITY_KEY", "Perplexity key", (token("pplx-", rf"{ALNUM}{{48}}"),), not_filler),
    Kind("SECRET_OPENROUTER_KEY", "OpenRouter key", (token("sk-or-", rf"v1-{HEX}{{64}}"),), not_filler),
    Kind("SECRET_REPLICATE_TOKEN", "Replicate token", (token("r8_", rf"{ALNUM}{{37}}"),), not_filler),
    Kind(
        "SECRET_TOGETHER_KEY",
        "Together key",
        (token("tgp_v1_", rf"{URLSAFE}{{43}}"), near("together[ _.-]?(?:ai|api)", rf"{HEX}{{64}}")),
        not_filler,
    ),
    Kind("SECRET_FIREWORKS_KEY", "Fireworks key", (token("fw_[A-Za-z0-9]{8}", rf"{ALNUM}{{12,40}}"),), looks_random),
    Kind("SECRET_MISTRAL_KEY", "Mistral key, near its name", (near("mistral", rf"{ALNUM}{{32}}"),), looks_random),
    Kind("SECRET_COHERE_KEY", "Cohere key, near its name", (near("cohere|co_api", rf"{ALNUM}{{40}}"),), looks_random),
    Kind("SECRET_NVIDIA_KEY", "NVIDIA key", (token("nvapi-", rf"{URLSAFE}{{60,80}}"),), not_filler),
    Kind("SECRET_CEREBRAS_KEY", "Cerebras key", (token("csk-[a-z0-9]{8}", "[a-z0-9]{40}"),), not_filler),
    Kind(
        "SECRET_ELEVENLABS_KEY",
        "ElevenLabs key",
        (token("sk_[a-f0-9]{8}", rf"{HEX}{{40}}"), near("eleven[ _-]?labs|xi-api", rf"{HEX}{{32}}")),
        not_filler,
    ),
    Kind(
        "SECRET_SPEECH_KEY",
        "Deepgram or AssemblyAI key, near its name",
        (near("deepgram", rf"{HEX}{{40}}"), near("assembly[ _-]?ai", rf"{HEX}{{32}}")),
        looks_random,
    ),
    Kind("SECRET_VOYAGE_KEY", "Voyage key", (token("pa-[A-Za-z0-9_-]{8}", rf"{URLSAFE}{{35}}"),), looks_random),
    Kind("SECRET_JINA_KEY", "Jina key", (token("jina_", rf"{HEX}{{32}}{URLSAFE}{{20,32}}"),), not_filler),
    Kind(
        "SECRET_PINECONE_KEY",
        "Pinecone key",
        (token("pcsk_", rf"{ALNUM}{{4,6}}_{ALNUM}{{60,66}}"), near("pinecone", UUID)),
        not_filler,
    ),
    Kind("SECRET_TAVILY_KEY", "Tavily key", (token("tvly-", rf"(?:dev-|prod-)?{URLSAFE}{{28,60}}"),), not_filler),
    Kind("SECRET_FIRECRAWL_KEY", "Firecrawl key", (token("fc-[a-f0-9]{8}", rf"{HEX}{{24}}"),), not_filler),
    Kind("SECRET_APIFY_TOKEN", "Apify token", (token("apify_api_", rf"{ALNUM}{{36}}"),), not_filler),
    Kind("SECRET_E2B_KEY", "E2B key", (token("e2b_", rf"{HEX}{{40}}"),), not_filler),
    Kind("SECRET_ANYSCALE_KEY", "Anyscale key", (token("esecret_", "[a-z0-9]{26}"),), not_filler),
    Kind("SECRET_LANGSMITH_KEY", "LangSmith key", (token("lsv2_(?:pt|sk)_", rf"{HEX}{{32}}_{HEX}{{10}}"),), not_filler),
    Kind("SECRET_LANGFUSE_KEY", "Langfuse secret key", (token("sk-lf-", UUID),), not_filler),
    Kind(
        "SECRET_WANDB_KEY",
        "Weights & Biases key",
        (token("wandb_v1_", "[A-Za-z0-9_]{40,120}"), near("wandb", rf"{HEX}{{40}}")),
        looks_random,
    ),
)
