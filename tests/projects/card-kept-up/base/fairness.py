"""Compare the recall of the model by sex."""

from fairlearn.metrics import MetricFrame
from sklearn.metrics import recall_score


def recall_by_sex(visits, predicted):
    """The recall for each sex."""
    return MetricFrame(
        metrics=recall_score, y_true=visits["readmitted"], y_pred=predicted, sensitive_features=visits["sex"]
    ).by_group
