"""What figures share."""


def side_of(side):
    return side * 0.9
