"""The words that tell that somebody was killed or wounded, or nobody; `geo.claims.casualties` reads them."""

from __future__ import annotations

import re

from geo.claims.numbers import NUMBER
from geo.claims.wording import read_wording

_BE = (
    r"(?:\s(?:have|has|had|were|was|are|is|been|being|also|reportedly|later|then|confirmed|feared|believed|to be|left|lay|"
    r"reported|now|be|got|more|each|all|both|instantly|immediately|allegedly|seriously|severely|slightly|critically|badly|lightly|gravely))*"
)
# "Six people, including two children, were killed": the ones within are of the six.
_AMONG = (
    r"(?:\s?\([^()]{1,80}\)|\s?,\s\d{1,3}\s?,|\s?[,(–—-]?\s?(?:including|among (?:them|whom)|most of (?:them|whom)|mostly|mainly|"
    r"all of (?:them|whom)|all|(?:some|many) of them|aged?|(?:[\w-]+) of (?:them|whom))\s"
    r"(?:(?!\b(?:killed|wounded|injured|died|hurt)\b)[^;:]){1,80}?(?:\s?[,)–—-])?)?"
)
_STOP = (
    r"killed|dead\b|died|killing|wounded|injured|injuring|wounding|leaving|left|who|whose|whom|which|that|where|when|after|while|"
    r"as|said|told|but|and|were|was|have|had|has|been|hit|struck"
)
GAP = re.compile(rf"(?:(?:\s(?!(?:{_STOP})\b)[\w'’\-]+){{0,7}}?){_AMONG}{_BE}\s?", re.IGNORECASE)
ONLY_BE = re.compile(rf"(?:\smore\b)?(?:\s(?:of\s(?:them|whom|those|the\s[\w-]+)))?{_AMONG}{_BE}\s?", re.IGNORECASE)
TO_OBJECT = re.compile(
    r"(?:\s(?:(?:him|her|them)sel(?:f|ves) and|outright|instantly|immediately|on the spot|"
    r"reportedly|also|as many|another(?=\s\w+ing)))?\s?:?\s[\"“'‘]?",
    re.IGNORECASE,
)
MODAL = re.compile(
    r"\b(?:could|would|might|should|may|can|will|to|not|never|n['’]t)\s(?:have\s)?(?:been\s)?(?:be\s)?$|\b(?:killing|the)\sof\s$",
    re.IGNORECASE,
)
IN_ONE_FIGURE = read_wording(
    r"\b(?:killed|dead|killing|died) (?:or|and/or|and)(?: \w+ly)? (?:wounded|injured|hurt|captured|wounding|injuring)\b|"
    r"\bkilled, (?:captured|wounded)\b(?! \d)",
    "killed|dead|killing|died",
)
KILLED = read_wording(
    r"\b(?:killed|dead|died|martyred|slain|perished|(?:lost|losing) (?:their|his|her) li(?:fe|ves)|murdered|succumbed|kia|"
    r"embrac(?:ed|ing) martyrdom|eliminated|liquidated|annihilated|destroyed|burn(?:ed|t) to death)\b",
    "killed|dead|died|martyred|slain|perished|lost|losing|murdered|succumbed|kia|embrac|eliminat|liquidat|annihilat|destroy|burned|burnt",
)
WOUNDED = read_wording(
    r"\b(?:wounded|injured|hurt|maimed|hospitali[sz]ed|wia|(?:suffer(?:ed|ing)|sustain(?:ed|ing)|receiv(?:ed|ing)) (?:[\w-]+ ){0,2}?"
    r"(?:injur\w+|wounds|burns|breathing|asphyxia\w*|suffocation)|suffer(?:ed|ing)|(?:were|was) (?:treated|affected))\b",
    "wounded|injured|hurt|maimed|hospitali|wia|suffer|sustain|receiv|treated|affected",
)
KILLING = read_wording(
    r"\b(?:kill(?:ed|ing|s)?|martyr(?:ed|ing)|murder(?:ed|ing)|(?:eliminat|liquidat|annihilat|destroy)(?:ed|ing)|"
    r"deaths? of|lives of|bod(?:y|ies) of)(?=\W)",
    "kill|martyr|murder|death|eliminat|liquidat|annihilat|destroy|fatalit|lives|bod|corpses",
)
WOUNDING = read_wording(
    r"\b(?:wound(?:ed|ing|s)|injur(?:ed|ing|es|y of|ies of)|injur(?:ies|y) to|hurt(?:ing)?|maim(?:ed|ing)|cases of "
    r"(?:asphyxiation|suffocation|poisoning) (?:to|among|in))(?=\W)",
    "wound|injur|hurt|maim|cases",
)
_LEAD = r"(?P<lead>(?:(?:at least|more than|over|about|around|some|nearly)\s)*)"
CASES = read_wording(
    rf"\b{_LEAD}(?P<n>{NUMBER}) "
    r"(?:reported )?cases of (?:asphyxiation|suffocation|poisoning|breathing|chok)",
    "cases",
)
TOLL = read_wording(
    rf"\b(?P<of>death toll|toll|deaths|number of (?:the |people |those )?(?P<who>[\w-]+)(?: killed)?)\b[^.;]{{0,60}}?\s"
    rf"(?:to|at|of|is|are|was|reached|reaching|exceed(?:ed|s)?|stood at|as|:)\s"
    rf"{_LEAD}(?P<n>{NUMBER})(?:(?:\sto\s|-|–)(?P<to>{NUMBER}))?",
    "toll|number|deaths",
)
# "One more died, bringing the toll to five"
BRINGING = re.compile(r"\b(?:bring|tak|rais|push)ing (?:the |its )?(?:\w+ )?$", re.IGNORECASE)
BODIES = re.compile(
    r"\b(?:recover|retriev|pull|dug|dig|found|remov|unearth|extract|counted|uncover)\w*\b",
    re.IGNORECASE,
)
NOBODY = read_wording(
    r"\bno (?!fewer|less|more)(?:(?:casualt|causalit)\w+|injur\w+|fatalit\w+|deaths|loss of li(?:fe|ves)|losses|victims|"
    r"reports of (?:casualties|injuries)|(?:[\w-]+ ){1,4}(?:(?:were|was|had been|have been|has been) )?"
    r"(?:killed|hurt|injured|harmed|wounded|died)(?: (?:or|and) (?:killed|injured|hurt|wounded))?)\b|"
    r"\bnone of (?:the |its |their )?[\w ]{1,30}\b(?:killed|hurt|injured|harmed|wounded)\b|"
    r"\bwithout (?:causing |any )*(?:casualties|injuries|victims|deaths)|\bwithout (?:hurting|injuring|harming|wounding) anyone|"
    r"\bnot (?:cause|result in|lead to|suffer) any (?:casualties|injuries|deaths)|"
    r"\bnobody (?:(?:was|were|had been|has been) )?(?:killed|hurt|harmed|injured|wounded|died)(?: (?:or|and) (?:injured|hurt|wounded))?",
    "no$|none$|not$|without|nobody",
)
DIED_OF_NONE = re.compile(
    r"casualt|causalit|loss of li|losses|victims|without (?:causing |any )*deaths|fatalit|\bdeaths|killed|\bdied|"
    r"no (?:one|people|persons?)\b.*\b(?:hurt|harmed)|nobody.*(?:hurt|harmed)|without (?:hurting|harming)",
    re.IGNORECASE,
)
HURT_OF_NONE = re.compile(r"casualt|causalit|losses|victims|injur|hurt|harm|wounded", re.IGNORECASE)
CASUALTY_WORDINGS = (NOBODY, IN_ONE_FIGURE, KILLED, WOUNDED, KILLING, WOUNDING, CASES, TOLL)
LIVES_TAKEN = re.compile(r"\b(?:claim|cost|t[ao]k|took|loss of|lost|losing)\w*\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
ONLY_NAME = re.compile(
    rf"(?:\s(?:of|from|in)\s(?:the\s|an?\s)?[\w'’-]+(?:\s[\w'’-]+)?)?(?:\s(?-i:[A-Z])[\w'’-]+){{0,4}}(?:\s?,\s?)?{_BE}\s?", re.IGNORECASE
)
# Said of things as well: only of persons do they tell of the dead.
OF_ANYTHING = re.compile(r"elimin|liquid|annihil|destroy", re.IGNORECASE)
GOVERNED = re.compile(rf"{_BE}\s(?:killed|dead|died|wounded|injured|hurt|missing|arrested|displaced|detained|critical)\b", re.IGNORECASE)
OF_THINGS = re.compile(
    r"\s(?:[\w-]+\s)?(?:years?|days?|hours?|km|kilomet\w+|miles?|percent|weeks?|months?|times|rounds|vehicles?|tanks?|houses?|homes?|"
    r"buildings?|drones?|rockets?|missiles?|goats?|sheep|cows?|cattle|horses?|camels?|animals?|donkeys?|dogs?|livestock|families)\b",
    re.IGNORECASE,
)
# The nouns that tell by themselves.
COUNTED_NOUN = re.compile(r"\b(?:lives|bodies|corpses|deaths|fatalities|martyrs|injuries)\b", re.IGNORECASE)
THE_DEAD = frozenset({"deaths", "fatalities", "martyrs"})
NAMES_THE_DEAD = re.compile(r"dead|deaths|killed|fatalities|victims|martyrs|casualties|gunmen|people", re.IGNORECASE)
TITLED = re.compile(
    r"(?:[A-Z][\w-]+ )?\b(?:Sheikh|Imam|General|Colonel|Major|Captain|Lieutenant|Brigadier|Mullah|Dr|Father|Mayor|Governor|Commander|"
    r"Professor|[Cc]ommander|[Ll]eader|[Jj]ournalist|[Cc]ameraman|[Pp]hotographer|[Rr]eporter)\.?(?: [A-Z][\w'’-]+){1,4}"
    r"(?=,? (?:was|has been|had been) $)"
)
# "four in A, three in B": what may stand between a verb's words and the next count, and what follows that count.
AND_ELSEWHERE = re.compile(r"[^,;.]{2,80}(?:,\s(?:and\s)?|\sand\s(?:another\s)?)", re.IGNORECASE)
IN_A_PLACE = re.compile(
    r"\s(?:in|at|near|outside)\s(?:the\s(?:\w+\s){0,2}(?:of\s)?)?(?!(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b)[A-Z]"
)
INCLUDING_THEM = re.compile(r"[^.;:]{0,40}?\b(?:including|among (?:them|whom)(?: were| was)?)\s(?:at least\s)?", re.IGNORECASE)
WHO_THEY_WERE = re.compile(
    r"\b(?:including|among (?:them|whom)|mostly|mainly|(?:all|[\w-]+) of (?:them|whom|the (?:dead|victims|killed|wounded|injured))"
    r"(?: were| was)?)\s[^.;,:()]{2,60}?(?:,? and (?!wound|injur|kill|hurt|left)[^.;,:()]{2,40}?)?"
    r"(?=\s?[,.;:()]|\s(?:were|was|have|had|has|been|killed|died|wounded|injured|hurt|"
    r"in|on|when|after|as|at|by|during|said|and (?:wound|injur|kill|left|another)\w*)\b|$)",
    re.IGNORECASE,
)
