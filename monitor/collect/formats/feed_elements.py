"""What the elements of RSS, RDF and Atom mean: which of them bear on an entry, and which leave it as it is.

A picture of what feedparser does with them, for the fast road. What does not stand here is doubtful, and doubt is
feedparser's. A test holds the names against feedparser's own.
"""

import re
from collections.abc import Iterable
from enum import Enum, auto

ATOM = "http://www.w3.org/2005/Atom"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"


class Means(Enum):
    """What an element is to the entry it stands in."""

    TITLE = auto()
    OTHER_TITLE = auto()
    """media:title: counts until the real one comes."""
    LINK = auto()
    KEY = auto()
    PUBLISHED = auto()
    UPDATED = auto()
    SUMMARY = auto()
    """A description or summary; a second one counts as content."""
    CONTENT = auto()
    SOURCE = auto()
    """Where the entry came from; a title behind it counts anew."""
    GROUP = auto()
    """What stands in it counts as if it stood in the entry, one level deeper."""
    ASIDE = auto()
    """Nothing to an entry, as long as no markup stands in it: that would be taken for text."""
    NOTHING = auto()
    FURNITURE = auto()
    """Of the feed, with titles and links of its own: image, textinput, items, cloud."""
    ENTRY = auto()
    DOUBT = auto()


PREFIXES = {
    "http://backend.userland.com/rss": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://example.com/necho": "",
    "http://example.com/newformat#": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/echo/": "",
    "http://purl.org/pie/": "",
    "http://purl.org/rss/1.0/": "",
    "http://purl.org/rss/1.0/modules/rss091#": "",
    "http://www.w3.org/2005/atom": "",
    "uri/of/echo/namespace#": "",
    "http://webns.net/mvcb/": "admin",
    "http://purl.org/rss/1.0/modules/aggregation/": "ag",
    "http://purl.org/rss/1.0/modules/annotate/": "annotate",
    "http://media.tangent.org/rss/1.0/": "audio",
    "http://backend.userland.com/blogchannelmodule": "blogchannel",
    "http://creativecommons.org/ns#license": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://purl.org/rss/1.0/modules/company": "co",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://my.theinfo.org/changed/1.0/rss/": "cp",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/email/": "email",
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://freshmeat.net/rss/fm/": "fm",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://postneo.com/icbm/": "icbm",
    "http://purl.org/rss/1.0/modules/image/": "image",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://purl.org/rss/1.0/modules/link/": "l",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://madskills.com/public/xml/rss/module/pingback/": "pingback",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism",
    "http://podlove.org/simple-chapters": "psc",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://purl.org/rss/1.0/modules/reference/": "ref",
    "http://purl.org/rss/1.0/modules/richequiv/": "reqv",
    "http://purl.org/rss/1.0/modules/search/": "search",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://schemas.xmlsoap.org/soap/envelope/": "soap",
    "http://purl.org/rss/1.0/modules/servicestatus/": "ss",
    "http://hacks.benhammersley.com/rss/streaming/": "str",
    "http://purl.org/rss/1.0/modules/subscription/": "sub",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://schemas.pocketsoap.com/rss/mydescmodule/": "szf",
    "http://purl.org/rss/1.0/modules/taxonomy/": "taxo",
    "http://purl.org/rss/1.0/modules/threading/": "thr",
    "http://purl.org/rss/1.0/modules/textinput/": "ti",
    "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://purl.org/rss/1.0/modules/wiki/": "wiki",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/xml/1998/namespace": "xml",
}
"""Namespace in lower case -> the prefix that feedparser gives it, in lower case too."""

_DETAILED = frozenset("author generator published publisher rights subtitle summary title updated validity".split())
"""Prefixes that would make an entry's own field with a name behind them, such as published_parsed."""

RESERVED = frozenset(
    "abstract author authors body category channel cloud contributor contributors copyright created date description "
    "email enclosures entries entry expirationdate feed fullitem generator guid guidislink height homepage href id "
    "image info issued item items keywords language lastbuilddate license link links managingeditor modified name "
    "newlocation pubdate published publisher publishers rights rss source subtitle summary tagline tags textinput "
    "textInput title updated uri url validity webmaster where width content enclosure svg math div".split()
)
"""Names without a prefix that feedparser, or the entry it makes, gives a meaning."""

_MEANS = {
    "title": Means.TITLE,
    "dc_title": Means.TITLE,
    "media_title": Means.OTHER_TITLE,
    "link": Means.LINK,
    "guid": Means.KEY,
    "id": Means.KEY,
    "published": Means.PUBLISHED,
    "issued": Means.PUBLISHED,
    "pubdate": Means.PUBLISHED,
    "dcterms_issued": Means.PUBLISHED,
    "updated": Means.UPDATED,
    "modified": Means.UPDATED,
    "lastbuilddate": Means.UPDATED,
    "dc_date": Means.UPDATED,
    "dcterms_modified": Means.UPDATED,
    "description": Means.SUMMARY,
    "summary": Means.SUMMARY,
    "dc_description": Means.SUMMARY,
    "media_description": Means.SUMMARY,
    "itunes_summary": Means.SUMMARY,
    "content": Means.CONTENT,
    "content_encoded": Means.CONTENT,
    "source": Means.SOURCE,
    "media_group": Means.GROUP,
    "media_content": Means.GROUP,
    "item": Means.ENTRY,
    "entry": Means.ENTRY,
    "image": Means.FURNITURE,
    "textinput": Means.FURNITURE,
    "items": Means.FURNITURE,
    "cloud": Means.FURNITURE,
} | dict.fromkeys("copyright rights subtitle tagline dc_rights itunes_subtitle".split(), Means.ASIDE) | dict.fromkeys(
    "author category contributor created email enclosure expirationdate generator homepage keywords "
    "language managingeditor name uri url webmaster width height "
    "dc_author dc_contributor dc_creator dc_language dc_publisher dc_subject dcterms_created "
    "georss_box georss_line georss_point georss_polygon "
    "itunes_author itunes_block itunes_category itunes_email itunes_explicit itunes_image itunes_keywords itunes_name "
    "itunes_owner "
    "media_category media_credit media_keywords media_license media_player media_rating media_restriction "
    "media_thumbnail".split(),
    Means.NOTHING,
)  # fmt: skip

HANDLED = frozenset(
    "cc_license content_encoded creativecommons_license dcterms_valid feedburner_browserfriendly "
    "georss_georssgeom georss_where georssgeom geom gml_exterior gml_linearring gml_linestring gml_point gml_polygon "
    "gml_pos gml_poslist itunes_link psc_chapter psc_chapters xhtml_body".split()
) | frozenset(_MEANS)
"""Names, with their prefix, that feedparser treats in a way of its own."""

_PLAIN_NAME = re.compile(r"[a-z][a-z0-9-]*")


def prefix_of(namespace: str) -> str | None:
    """The prefix that feedparser gives `namespace`; None for one that it does not know."""
    lower = namespace.lower()
    return "" if "backend.userland.com/rss" in lower else PREFIXES.get(lower)


def prefixes_of(declared: Iterable[tuple[str, str]]) -> dict[str, str] | None:
    """For (prefix, namespace) as a feed declares them: the prefix that feedparser uses for those it does not know.

    None when the declarations contradict each other, or trick feedparser, which goes by names.
    """
    spaces: dict[str, str] = {}
    unknown: dict[str, str] = {}
    plain: set[str] = set()
    renamed: dict[str, str] = {}
    used: set[str] = set()
    for prefix, space in declared:
        known = prefix_of(space)
        if not prefix:
            plain.add(space)
        elif spaces.setdefault(prefix, space) != space or not space.isascii() or " " in space or "&" in space:
            return None
        elif known is None:
            unknown[space] = prefix.lower()
            used.add(prefix.lower())
        elif known != prefix:
            renamed[prefix] = known
        if known is not None:
            used.add(known)
    if used & renamed.keys() or used & _DETAILED or plain & unknown.keys():
        return None
    return dict.fromkeys((space for space in plain if prefix_of(space) is None), "") | unknown


def meaning_of(prefix: str, name: str) -> Means:
    """What the element `name`, in lower case, with `prefix` means; both as feedparser spells them."""
    full = f"{prefix}_{name}" if prefix else name
    if found := _MEANS.get(full):
        return found
    if full in HANDLED or (not prefix and (name in RESERVED or not _PLAIN_NAME.fullmatch(name))):
        return Means.DOUBT
    return Means.NOTHING


def common() -> dict[str, Means]:
    """The elements of most feeds as the parser spells them, {namespace}name, with their meaning."""
    spaces = {space: prefix for space, prefix in PREFIXES.items() if prefix in ("content", "dc", "media")} | {ATOM: ""}
    plain = {name: meaning for name, meaning in _MEANS.items() if "_" not in name} | {"pubDate": Means.PUBLISHED}
    found = {"comments": Means.NOTHING} | plain
    for space, prefix in spaces.items():
        found |= {f"{{{space}}}{name}": meaning for name, meaning in plain.items() if not prefix}
        found |= {
            f"{{{space}}}{name.removeprefix(prefix + '_')}": meaning
            for name, meaning in _MEANS.items()
            if prefix and name.startswith(prefix + "_")
        }
    return found
