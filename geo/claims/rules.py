"""The rules by which words give the fields of a claim, each as a reader is told it. Here and nowhere else these sentences are worded."""

from __future__ import annotations

from enum import StrEnum


class Rule(StrEnum):
    """Why words of a report give a field. The sentences name no party, so that both sides' words are explained alike."""

    SPEAKS = "who speaks: the subject of a verb of saying"
    ACCORDING = "named after “according to”, “citing” or “quoting”"
    REPORTED_BY = "named after “by”, as the one who said it"
    PRONOUN = "the speaker named before, for whom a pronoun stands"
    NOBODY_MEANT = "a pronoun, for which the report names nobody"
    POINTS_TO_SPEAKER = "the speaker named before, whom words such as “the source” mean"
    QUOTE_GOES_ON = "the speaker named before, whose quoted words go on"
    ONE_OF_TWO = "one of two sides that accuse each other"

    REPORTER_TELLS = "told by the reporter, who cites nobody"
    SAYS_SO = "the claimant says that it happened"
    ACCUSES = "the claimant accuses or blames somebody"
    OWNS = "the claimant claims it, or tells of a strike by the own side"
    DENIES = "the claimant denies it"

    BY = "named after “by”"
    BLAMED = "named as the one to blame"
    OWNER = "named as the owner of the weapon or of the strike"
    SUPPOSED = "named after “believed to be” or the like"
    SUBJECT = "subject of the verb for the strike"
    SPEAKER_STRUCK = "the speaker, who says that it struck"
    FROM_POSITIONS = "the side whose positions it was fired from"
    ACCUSED = "accused by the claimant"
    DENIED = "the claimant, who denies having struck"
    OWNED = "the claimant, who claims responsibility"

    HIT = "what was hit: the nearest word for it beside the words for the strike"
    HIT_AT_PLACE = "what was hit, in the words for the place"

    WEAPON = "the words for the weapon"
    AIRCRAFT = "aircraft named beside these words make it an air strike"
    STRIKE_ONLY = "words for a strike that do not tell the weapon"
    NO_WEAPON = "no words tell the weapon"

    PLACED = "the place after a word such as “on”, “in” or “near”"
    OBJECT = "the place after the verb for the strike"
    OF_PLACE = "the place after “of”"
    STANDS_FIRST = "the place that stands first, as what was hit"
    HEADS = "the place that heads the line of a bulletin"
    LISTED = "listed with another place that was hit"
    BESIDE_STRIKE = "the place beside the words for the strike"
    MEANT = "words that mean a place named before"
    CARRIED_PLACE = "the place named before; these words name no other"
    FROM_TITLE = "the town in the title; the text names none for it"

    DAY_TOLD = "the text gives the date"
    DAY_COUNTED = "counted from the day of the report"
    DAY_BESIDE = "counted from the strike told before"
    DAY_SAID = "the day on which it was said, or the day before it"
    DAY_OF_REPORT = "the day of the report itself"

    COUNTED = "the number in these words"
    AT_LEAST = "the least that these words mean; they leave open how many more"
    NOBODY = "the text says that there were none"

    BACKGROUND = "words that tell it as background of the report"
    LONG_AGO = "a day months before the report"


# Where the words of a rule stand, if not in the quoted sentence.
ELSEWHERE = "in another sentence that tells of it"
BEFORE = "in a sentence before"
