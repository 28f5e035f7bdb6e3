"""A service that trusts what it gets."""

import pickle
import sqlite3

import flask

app = flask.Flask(__name__)


@app.get("/stays")
def stays():
    ward = flask.request.args["ward"]
    return sqlite3.connect("stays.db").execute(f"select * from stays where ward = '{ward}'").fetchall()


@app.post("/model")
def replace_model():
    return str(pickle.loads(flask.request.get_data()))
