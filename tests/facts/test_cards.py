import pytest

from readiness.facts.cards import card_knowledge

KNOWLEDGE = card_knowledge()


@pytest.mark.parametrize(
    ("title", "slots"),
    [
        ("Training Data", {"training-data"}),
        ("Performance and Limitations", {"evaluation", "limitations"}),
        ("Bias, Risks, and Limitations", {"bias", "limitations"}),
        ("Intended Use and Out-of-Scope Uses", {"intended-use", "out-of-scope"}),
        ("Limitations & ethical considerations", {"bias", "limitations"}),
        ("Known issues", {"limitations"}),
        ("Evaluation Data", {"evaluation"}),
        ("Uso previsto", {"intended-use"}),
        ("Uso no previsto", {"out-of-scope"}),
        ("Limitaciones y riesgos", {"limitations"}),
        ("Datos y contrato de entrada", {"training-data"}),
        ("Explicabilidad", {"transparency"}),
        ("Limitações e vieses", {"limitations", "bias"}),
        ("Données d'entraînement", {"training-data"}),
        ("Considérations éthiques", {"bias"}),
        ("Einschränkungen", {"limitations"}),
        ("Trainingsdaten", {"training-data"}),
    ],
)
def test_a_heading_names_its_slots_in_any_language(title, slots):
    assert slots <= set(KNOWLEDGE.slots_of(title))


@pytest.mark.parametrize(
    "title", ["How to use", "Citation", "Installation", "Licence", "Risk score", "Limit of liability"]
)
def test_a_heading_about_something_else_names_none(title):
    assert KNOWLEDGE.slots_of(title) == ()


@pytest.mark.parametrize(
    "line",
    [
        "[More Information Needed]",
        "More information is needed",
        "- **Developed by:** [More Information Needed]",
        "TBD",
        "- TODO",
        "* **Owner:** TBC",
        "Coming soon!",
        "...",
        "{{ model_id }}",
        "Lorem ipsum dolor",
        "[Insert your data here]",
        "_(Describe the intended use)_",
        "XX%",
    ],
)
def test_what_was_never_filled_in_is_found(line):
    assert KNOWLEDGE.placeholder_in(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Not applicable: no personal data",
        "None of the hospitals reported it.",
        "Things to do before release",
        "The team added a todo list",
        "[your data](data.md)",
        "Use `{{ cookiecutter.name }}` in the template",
        "${{ secrets.TOKEN }}",
        "---",
        "| --- | --- |",
        "0.004",
        "> `:-)`, `:)`, ...",
        "Run it with --voice=<your_folder>.",
        "- **Dropout:** 0.00",
        "- **Finetuned from model:** None",
        "- **Scanner:** N/A",
        "More information is needed on long stays, so the ward team asks first.",
    ],
)
def test_what_was_filled_in_is_left_alone(line):
    assert not KNOWLEDGE.placeholder_in(line)


@pytest.mark.parametrize(
    ("path", "title", "front_matter", "kind"),
    [
        ("MODEL_CARD.md", "", (), "model-card"),
        ("docs/model-card.md", "", (), "model-card"),
        ("a/model_cards/risk.md", "", (), "model-card"),
        ("docs/reports/readmission_model_card_v2.md", "", (), "model-card"),
        ("README.md", "Model card for risk", (), "model-card"),
        ("README.md", "Risk", ("license", "model-index"), "model-card"),
        ("README.md", "Risk", ("license",), "readme"),
        ("README.md", "Model Card — risk", (), "model-card"),
        ("README.md", "Model Card Toolkit", (), "readme"),
        ("wiki/Home.md", "Model Cards of the team", (), "document"),
        ("model_cards/README.md", "Our models", (), "readme"),
        ("notes.md", "Risk", ("model-index",), "document"),
        ("model_training.md", "", (), "document"),
        ("discard.md", "", (), "document"),
        ("model_cards.md", "", (), "model-card"),
        ("docs/model-cards-guide.md", "", (), "document"),
    ],
)
def test_a_card_is_told_by_its_path_title_or_front_matter(path, title, front_matter, kind):
    assert KNOWLEDGE.document_type(path, title, front_matter, ()) == kind


@pytest.mark.parametrize(("times", "kind"), [(1, "model-card"), (2, "model-card"), (4, "document")])
def test_a_text_that_is_about_model_cards_is_none(times, kind):
    prose = ["Model cards were proposed in 2018."] * times
    assert KNOWLEDGE.document_type("docs/model-card-guide.md", "", (), prose) == kind


def test_a_form_for_cards_is_a_template():
    assert KNOWLEDGE.is_template("templates/model_card.md", "")
    assert KNOWLEDGE.is_template("model_card.md", "{{ a }} {{ b }} {{ c }}")
    assert not KNOWLEDGE.is_template("model_card.md", "{{ a }}")


def test_sentences_of_public_templates_say_nothing():
    text = "Ours. Users (both direct and downstream)\nshould be made aware of the risks, biases and limitations of the model. Done."
    assert KNOWLEDGE.without_boilerplate(text) == "Ours. Done."


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Recall is lower for women over 80.", True),
        ("Rural hospitals are missing.", True),
        ("Averages over all rows.", False),
        ("The package manager runs.", False),
    ],
)
def test_words_for_groups_are_seen(text, group):
    assert KNOWLEDGE.names_group(text) is group


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("No fairness audit has been performed.", True),
        ("The model has not been validated externally.", True),
        ("Bias was measured for women and men.", False),
    ],
)
def test_an_honest_gap_is_seen(text, gap):
    assert KNOWLEDGE.declares_gap(text) is gap
