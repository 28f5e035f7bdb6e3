"""A course, a book, a library and the code of a paper say so; a project that mentions one is none."""

import pytest

from readiness.facts.signs import library, teaching
from readiness.source.document import DocumentSource


@pytest.mark.parametrize(
    "text",
    [
        "# Deep learning on X-rays: a free course\n",
        "# Forecasting, a tutorial\n",
        "# Load forecasting in Python Book\n",
        "# Load Forecasting Examples\n",
        "# Beds\n\nThis repository contains a **five-part** [workshop](a.md) on bed planning.\n",
        "# Captions\n\nThis is a **[PyTorch](https://pytorch.org) Tutorial** to image captioning.\n",
        "# What I have studied\n",
        "# Nets\n\nThis repository provides tutorial code for researchers.\n",
        "# Nets\n\nA toy project for beginners.\n",
        "# Beds\n\nThis is the code repository for Beds at Work, published by Packt.\n",
        "# Nets\n"
        + "- [Part](#part)\n" * 200
        + "[![Build](https://ci.example/badge.svg)](https://ci.example)\n\nThis is a tutorial.\n",
        "# PyTorch入门实战视频教程\n",
        "# Nets\n\n# 视频教程\n",
        "# Nets\n\nA starter set of the course notebooks on bed planning.\n",
        "# Nets\n\nThis project serves as a resource for learning.\n",
        "# Beds\n\nThe code that accompanies the book on bed planning.\n",
        "# My notebook\n\nA solution for the Kaggle house price competition.\n",
        "# Regression\n\nThe goal of this project is to practise regression without libraries.\n",
    ],
)
def test_what_teaches_says_so(text):
    assert teaching().is_said_by(DocumentSource.parse("README.md", text))


@pytest.mark.parametrize(
    "text",
    [
        "# Readmission within 30 days\n\nA model and a service. See docs/tutorial.md for the first steps.\n",
        "# Length of stay\n\nPredicts the hospital course of a patient; of course it needs data.\n",
        "# Beds\n\nThis project was the capstone of an online course on operations.\n",
        "# Stays\n\nThe data comes from Kaggle.\n",
        "# Course recommendation service\n",
        "# Stays\n\n2024: we have added a detailed [教程](https://docs.example).\n",
        "# Ranks\n\nA library for learning to rank, and for learning embeddings of wards.\n",
        "# Fairness\n\nA Python package with examples in the folder `examples`.\n",
    ],
)
def test_what_only_mentions_teaching_does_not(text):
    assert not teaching().is_said_by(DocumentSource.parse("README.md", text))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("week_03/train.py", True),
        ("notes/ch02/train.ipynb", True),
        ("tutorials/first.py", True),
        ("my-kaggle-titanic/train.py", True),
        ("src/train.py", False),
        ("src/weekly/train.py", False),
        ("lesson05-tensors/train.py", True),
        ("src/tutorial.py", False),
        ("week_03_report.py", False),
        ("src/coursework_score/train.py", False),
    ],
)
def test_folders_may_be_named_after_teaching(path, expected):
    assert teaching().is_named_by(path) is expected


@pytest.mark.parametrize(
    "text",
    [
        "# beds\n\nA Python library for planning beds.\n",
        "# Diseases\n\nThis repository contains experiments for the prediction of diseases.\n",
        "# Beds toolkit\n",
        "# Beds\n\nbeds is an open-source framework that plans wards.\n",
        "# BedNet\n\nOfficial PyTorch implementation of BedNet.\n",
        "# BedNet\n\nThis repository contains the code for our paper on beds.\n",
        "Beds helps researchers and developers to plan wards.\n",
    ],
)
def test_what_is_for_others_says_so(text):
    assert library().is_said_by(DocumentSource.parse("README.md", text))


@pytest.mark.parametrize(
    "text",
    [
        "# Beds\n\nPredicts how long patients stay. It uses a library of the trust.\n",
        "# Beds\n\nA model and a service for the bed managers of three hospitals.\n",
    ],
)
def test_a_project_with_a_purpose_of_its_own_is_not_for_others(text):
    assert not library().is_said_by(DocumentSource.parse("README.md", text))
