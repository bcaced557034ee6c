"""Words of which all papers are made, whatever they are about: no reason to read one.

In a large library their frequency gives them away. In a small one many of them are as rare as the words
that matter, and two papers that have them in common are thought to be alike.
"""

from __future__ import annotations

from functools import cache

from paperreader.index.stems import stem

_FUNCTION = """
a able about above according accordingly across actual actually after again against ahead albeit all allow
almost alone along alongside already also although altogether always am amid among amongst an and another
any anyone anything apart appropriate are around as aside at away back be became because become been before
beforehand behind being below beneath beside besides between beyond both but by came can cannot certain
certainly come could despite did do does doing done down due during each either else elsewhere enough entire
entirely especially essentially etc even ever every everyone everything everywhere except far few fewer
first firstly five following for former four from further furthermore gave generally get give given gives
giving go goes going gone got had hardly has have having he hence her here hereby herein him his how however
i ie if in indeed instead into is it its itself just keep kept kind know known largely last lastly later
latter least less lest let like likely likewise little long longer made mainly make making many may maybe me
mean means meanwhile merely might mine more moreover most mostly much must my namely near nearly necessarily
need needed needs neither never nevertheless next nine no nobody none nonetheless nor not nothing
notwithstanding now nowhere of off often on once one ones only onto or other others otherwise our ours
ourselves out over overall own particular particularly per perhaps possible possibly probably put quite
rather really regarding respectively roughly same second secondly see seem seemingly seems seen seven
several shall she should since six so some somehow someone something sometimes somewhat somewhere soon still
such take taken takes taking ten than that the their theirs them themselves then thereby there therefore
therein these they thing things third this those though three through throughout thus till to today together
too took toward towards truly twice two under unless unlike until unto up upon us use used useful uses using
usually very via was way ways we well went were what whatever when whence whenever where whereas whereby
wherein whether which while who whole whom whose why will with within without would yes yet you your
"""
_OF_PAPERS = """
abstract accomplish account accurate accurately achieve add adding addition additional additionally address
advance advantage aim allow alternative amount analyse analyze answer appear apply approach approximately
arbitrarily argue arise article aspect assigned assume assumption attempt author available avoid aware based
basic begin believe benefit best better bring broad broadly build built call capable careful carefully carry
case cause celebrated challenge challenging change chapter choice choose claim clear clearly close closely
combine common commonly comparable compare comparison compelling complete completely comprehensive concern
conclude conclusion conduct consequently consider considerable considerably consist consistent consistently
constitute contain contrary contrast contribute contribution conventional correspond create crucial current
currently deal define demonstrate depend describe description desirable detail determine develop development
differ difference different difficult difficulty directly discover discuss discussion display distinct draw
drawback easier easily easy effect effective effectively effectiveness efficacy effort employ enable
encourage end enhance ensure establish evaluate evaluation evidence evident exact examine example excellent
exhibit exist existing expect expensive experiment experimental experimentally explain exploit explore
extend extensive extensively extent fact fail fall faster favorable favourable field final finally find
finding fit focus follow form formal found framework fully fundamental future gain general github goal good
great greatly grow handle happen hard help high higher highly hold hope https idea identify ii iii
illustrate immediate impact implement implementation importance important importantly impressive improve
improvement include increase increasingly indicate individual influence inherent initial innovation
innovative insight inspire interest interesting interestingly introduce introduction investigate
investigation involve issue item iv key lack large larger lead leading leave leverage limit limitation line
look low lower main maintain major manner meaningful mention merit method methodology modern motivate
motivation naive natural naturally necessary new notable notably note novel novelty number numerous
observation observe obtain obvious occur offer open opportunity order original originally outcome outperform
overcome overview paper part partial partially perform performance pioneer point poor poorly popular pose
potential potentially practical practically practice precise precisely present previous previously primarily
primary principal prior problem procedure produce progress project prominent promise promising properly
propose proposed prove proven provide publicly publish purpose raise range re reach read real reason
reasonable recent recently reduce refer reflect relate relation relatively relevant reliance rely remain
remarkable remarkably report represent require research researcher respect result retain reveal review rich
rise role run satisfactory scenario section seek separate serious serve set setting severe severely shed
short show shown shows significant significantly similar similarly simple simplicity simply simultaneously
situation small solely solution solve sophisticated special specific specifically standard start step
straightforward strength strong strongly study subsequent subsequently substantial substantially succeed
success successful successfully suffer suffice sufficient sufficiently suggest suitable summarize summary
superior support surprising surprisingly survey tackle target technique tend thorough thoroughly time topic
traditional traditionally try turn type typical typically ubiquitous ultimately underlying understand
understanding undertake unfortunately unknown unprecedented usefulness usual utilize validate validity
valuable variety various vary vast verify versatile version view wide widely widespread wise work world
worth year yield
"""


@cache
def _general() -> frozenset[str]:
    return frozenset(map(stem, f"{_FUNCTION} {_OF_PAPERS}".split()))


def is_general(stemmed: str) -> bool:
    """Whether a stem tells nothing of what a paper is about."""
    return stemmed in _general()
