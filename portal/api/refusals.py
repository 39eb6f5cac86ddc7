"""The API's own way of saying no: a status and a sentence, told as a problem document."""


class Refused(Exception):
    """The request cannot be answered: `status` says how, `sentence` why, to whoever wrote the program."""

    def __init__(self, status: int, sentence: str):
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
