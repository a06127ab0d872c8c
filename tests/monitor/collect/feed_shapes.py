"""Feeds as publishers write them, all invented: what goes the fast road, and what is doubtful."""

RSS_SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
    'xmlns:georss="http://www.georss.org/georss" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:plaats="https://nieuws.example/eigen"'
)
ITEM = "<title>Optocht</title><link>https://nieuws.example/1</link><guid>https://nieuws.example/?p=1</guid>"
ENTRY = '<title>Optocht</title><id>tag:nieuws.example,2026:1</id><link href="https://nieuws.example/1"/>'
STORY = "<p>" + "De optocht trekt door de stad. " * 60 + "</p>"


def rss(*items: str, channel: str = "", spaces: str = RSS_SPACES, root: str = "") -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {spaces} {root}><channel><title>Nieuws</title>'
        f"<link>https://nieuws.example/</link><description>Uit de stad</description>{channel}{body}</channel></rss>"
    ).encode()


def atom(*entries: str, feed: str = "", attributes: str = "") -> bytes:
    body = "".join(f"<entry{attributes}>{entry}</entry>" for entry in entries)
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="nl"><id>tag:nieuws.example,2026:f</id>'
        f"<title>Nieuws</title>{feed}{body}</feed>"
    ).encode()


def rdf(*items: str, around: str = "") -> bytes:
    body = "".join(f'<item rdf:about="https://nieuws.example/{n}">{item}</item>' for n, item in enumerate(items))
    return (
        '<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="https://nieuws.example/"><title>'
        "Nieuws</title><link>https://nieuws.example/</link><description>d</description><items><rdf:Seq><rdf:li "
        f'rdf:resource="https://nieuws.example/0"/></rdf:Seq></items></channel>{around}{body}</rdf:RDF>'
    ).encode()


WORDPRESS_CHANNEL = (
    '<atom:link href="https://nieuws.example/feed/" rel="self" type="application/rss+xml" />'
    "<lastBuildDate>Sat, 21 Nov 2026 08:31:00 +0000</lastBuildDate><language>nl-NL</language>"
    "<sy:updatePeriod>\n hourly </sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>"
    "<generator>https://wordpress.org/?v=6.9</generator><image><url>https://nieuws.example/i.png</url>"
    "<title>Nieuws</title><link>https://nieuws.example</link><width>32</width><height>32</height></image>"
    '<site xmlns="com-wordpress:feed-additions:1">1234</site>'
)
WORDPRESS_ITEM = (
    "<title>Caf&#233;s &#038; terrassen: &#8216;drukte&#8217; verwacht</title>"
    "<link>https://nieuws.example/2026/11/drukte/</link><comments>https://nieuws.example/2026/11/drukte/#respond"
    "</comments><dc:creator><![CDATA[Redactie]]></dc:creator><pubDate>Sat, 21 Nov 2026 08:30:00 +0000</pubDate>"
    '<category><![CDATA[Uit]]></category><guid isPermaLink="false">https://nieuws.example/?p=77</guid>'
    "<description><![CDATA[<p>Het wordt druk [&#8230;]</p>]]></description>"
    f"<content:encoded><![CDATA[{STORY}]]></content:encoded><wfw:commentRss>https://nieuws.example/c</wfw:commentRss>"
    '<slash:comments>3</slash:comments><post-id xmlns="com-wordpress:feed-additions:1">77</post-id>'
    '<media:content url="https://nieuws.example/a.jpg" medium="image"><media:title type="html">Foto</media:title>'
    '</media:content><media:thumbnail url="https://nieuws.example/b.jpg"/><georss:point>53.2 6.5</georss:point>'
)

FAST = {
    "wordpress": rss(WORDPRESS_ITEM, ITEM, channel=WORDPRESS_CHANNEL),
    "drupal": rss(
        "<title>Wegwerk</title><link>/nieuws/wegwerk</link><description>&lt;p&gt;Dicht&lt;/p&gt;</description>"
        "<pubDate>Fri, 20 Nov 2026 15:00:00 +0100</pubDate><dc:creator>redactie</dc:creator>"
        '<guid isPermaLink="false">812 at https://gemeente.example</guid>',
        root='xml:base="https://gemeente.example/"',
    ),
    "only a whole story": rss(f"<title>t</title><content:encoded><![CDATA[{STORY}]]></content:encoded>"),
    "a whole story with a script": rss(f"<title>t</title><description>&lt;SCRIPT&gt;x&lt;/script&gt;{'a b ' * 400}"
                                       "</description><content:encoded>&lt;style&gt;p{}</content:encoded>"),
    "summary equal to content": rss(f"{ITEM}<description>ab</description><content:encoded>ab</content:encoded>"),
    "content before description": rss(f"{ITEM}<content:encoded>heel</content:encoded><description>kort</description>"),
    "two descriptions": rss(f"{ITEM}<description>een</description><description>twee</description>"),
    "three summaries": rss(f"{ITEM}<description>een</description><itunes:summary>twee</itunes:summary>"
                           "<dc:description>drie</dc:description><media:description>vier</media:description>"),
    "media first": rss(
        "<media:group><media:title>Foto</media:title><media:description>Bij de foto</media:description>"
        '<media:content url="https://a.example/1.jpg"/></media:group><title>Echt</title><description>d</description>'
    ),
    "media only": rss("<media:title>Foto</media:title><media:content><media:description>Bij</media:description>"
                      "</media:content><link>https://nieuws.example/f</link>"),
    "two titles": rss("<title/><dc:title>Eerste</dc:title><title>Tweede</title>"),
    "title after a source": rss('<title>Eerste</title><source url="https://a.example">Bron</source>'
                                "<media:title>Tweede</media:title>"),
    "image in an entry": rss("<image><title>Plaatje</title><url>https://a.example/i</url><link>https://a.example/"
                             f"</link></image>{ITEM}", "<image><title>Plaatje</title></image>"),
    "permalink before link": rss("<title>t</title><guid>12</guid><link>https://nieuws.example/12</link>",
                                 "<title>t</title><guid>/13</guid>", "<title>t</title>"),
    "no permalink": rss('<guid isPermaLink="false">x</guid>', '<guid isPermaLink="FALSE">y</guid>'),
    "odd links": rss("<title>t</title><link> http:///nieuws.example/a?b=1&amp;amp;c;=2 </link>",
                     "<title>t</title><link>?p=4&amp;q;</link>", "<title>t</title><link>//a.example/</link>",
                     "<title>t</title><link>http://[oops</link>", "<title>t</title><link>mailto:a@b.example</link>",
                     "<title>t</title><link>https://a.example/x;y?#</link><guid>urn:uuid:1-2</guid>"),
    "atom link in rss": rss('<title>t</title><atom:link href="/a" rel="replies"/><atom:link href="/b"/>'
                            '<atom:link href="https://c.example/" rel="alternate" type="text/calendar"/>'),
    "encoded twice": rss("<title>CafÃ© en &#195;&#171;</title><description>é \x93aan\x94 &#147;x&#148;</description>"),
    "double escaped": rss("<title>A &amp;amp; B &lt;b&gt;vet&lt;/b&gt; &amp;nbsp;</title>"),
    "comments and instructions": rss("<title>A<!-- b -->c<?php d ?>e</title><!-- f --><?g h?>"),
    "dates": rss("<pubDate>Sat, 21 Nov 2026 23:59:59 GMT</pubDate>", "<pubDate>1 Nov 2026 08:30 +01:00</pubDate>",
                 "<dc:date>2026-11-21T08:30:00.75+01:00</dc:date>", "<dc:date>2026-11-21T08:30Z</dc:date>",
                 "<pubDate>Mon, 01 Jan 1900 00:00:00 GMT</pubDate>", "<pubDate>2026-11-21 08:30:00</pubDate>",
                 "<pubDate>Sat, 21 Nov 2026 08:30:00 EST</pubDate>", "<pubDate>Sun,  1 Nov 2026 08:30:00 Z</pubDate>",
                 "<pubDate>Wed, 21 Nov 2096 08:30:00 -0130</pubDate>", "<pubDate/><dc:date>2026-11-20</dc:date>",
                 "<pubDate>2026-11-21T08:30:00</pubDate>", "<pubDate/><dc:date/>",
                 "<dcterms:modified>2026-11-20T10:00:00Z</dcterms:modified><pubDate>a</pubDate><pubDate>2026-11-19"
                 "</pubDate>"),
    "unknown elements": rss(f"{ITEM}<plaats:wijk nr='1'>Beijum<plaats:straat>x</plaats:straat></plaats:wijk>"
                            "<premium>nee</premium><enclosure url='https://a.example/a.mp3' type='audio/mpeg'/>"),
    "podcast": rss(f"{ITEM}<itunes:subtitle>s</itunes:subtitle><itunes:summary>Over de stad</itunes:summary>"
                   "<itunes:explicit>no</itunes:explicit><itunes:keywords>a,b</itunes:keywords>",
                   channel="<itunes:owner><itunes:name>Radio</itunes:name></itunes:owner><itunes:summary>s"
                           "</itunes:summary><itunes:category text='Nieuws'><itunes:category text='x'/>"
                           "</itunes:category>"),
    "old": rss(f"{ITEM}<description>d</description>", spaces="").replace(b'"2.0"', b'"0.91"'),
    "byte order mark": b"\xef\xbb\xbf" + rss(ITEM),
    "windows": rss("<title>Café</title>").decode().encode("cp1252"),
    "sixteen bits": rss("<title>Café</title>").decode().encode("utf-16"),
    "atom": atom(
        f"{ENTRY}<published>2026-11-20T23:00:00Z</published><updated>2026-11-21T23:00:00+01:00</updated>"
        '<author><name>Redactie</name><uri>https://nieuws.example</uri></author><category term="uit"/>'
        f'<content type="html">{STORY.replace("<", "&lt;")}</content><thr:total>2</thr:total>',
        f'{ENTRY}<summary type="text">Kort &amp; goed</summary><content type="html">lang</content>',
        feed='<updated>2026-11-21T23:00:00Z</updated><link rel="self" href="/f"/><author><name>n</name></author>'
             "<subtitle>s</subtitle><icon>/i.png</icon><generator uri='https://g.example'>g</generator>",
    ),
    "atom links": atom(
        '<title>t</title><link rel="enclosure" href="/a.mp3"/><link rel="alternate" type="text/html" href="b"/>',
        "<title>t</title><id>https://nieuws.example/9</id><link href=''/>", "<title>t</title><id>/9</id>",
        '<title>t</title><link rel="replies" href="/r" thr:count="2"/><link href="/c" thr:count="0" title="t"/>',
    ),
    "atom content before summary": atom(f"{ENTRY}<content>heel</content><summary>kort</summary>"),
    "atom with a base of its own": atom('<title>t</title><link href="b"/>', attributes=' xml:base="https://b.example/c/"'),
    "atom of video": atom(f"{ENTRY}<media:group><media:title>Film</media:title><media:description>Over de film"
                          "</media:description><media:thumbnail url='https://a.example/1'/></media:group>"),
    "rdf": rdf("<title>Show</title><link>https://nieuws.example/42</link><description>Op oudejaarsavond.</description>"
               "<dc:date>2026-11-20T12:00:00+01:00</dc:date><dc:subject>x</dc:subject>", "<title>z</title>",
               around='<image rdf:about="https://a.example"><title>p</title><url>https://a.example</url></image>'),
    "json": b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "t", "url": "/1"}]}',
}  # fmt: skip
"""Shapes that the fast road reads."""

DOUBTFUL = {
    "document type": b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]>' + rss(ITEM).split(b"?>", 1)[1],
    "unknown entity": rss("<title>A&nbsp;b</title>"),
    "not well-formed": rss("<title>A & b</title>"),
    "cut off": rss(ITEM, ITEM)[:-60],
    "markup in a summary": rss(f"{ITEM}<description><p>Zonder <b>escapes</b></p></description>"),
    "xhtml": atom(f'{ENTRY}<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p></div></content>'),
    "base64": atom(f'{ENTRY}<content type="application/octet-stream">b3B0b2NodA==</content>'),
    "mode": atom(f'{ENTRY}<summary mode="base64">b3B0b2NodA==</summary>'),
    "body": rss(f'{ITEM}<body xmlns="http://www.w3.org/1999/xhtml"><p>a</p></body>'),
    "fullitem": rss(f"{ITEM}<fullitem>heel</fullitem>"),
    "bare date": rss(f"{ITEM}<date>2026-11-21</date>"),
    "date in Dutch": rss("<pubDate>21 mei 2026 14.00 uur</pubDate>"),
    "date that is none": rss("<pubDate>Tue, 31 Feb 2026 08:30:00 +0100</pubDate>"),
    "date with a leap second": rss("<dc:date>2026-11-21T08:30:60Z</dc:date>"),
    "date in a zone with a name": rss("<pubDate>Sat, 21 Nov 2026 08:30:00 CET</pubDate>"),
    "date in words": rss("<pubDate>binnenkort</pubDate><dc:date>2026-11-20</dc:date>"),
    "second guid": rss(f"{ITEM}<guid>2</guid>"),
    "empty link": rss("<title>t</title><link/>"),
    "link with an address as url": rss('<title>t</title><link url="https://a.example"/>'),
    "base in an entry that is relative": atom('<link href="b"/>', attributes=' xml:base="c/"'),
    "base without a prefix": rss("<link>a</link>", root='base="https://b.example/"'),
    "attribute of an item": rss(ITEM).replace(b"<item>", b'<item href="https://a.example">'),
    "attribute of a channel": rss(ITEM).replace(b"<channel>", b'<channel lastmod="2026-11-21">'),
    "prefix that tricks": rss(f"{ITEM}<x:title>b</x:title>", spaces='xmlns:dc="http://www.w3.org/2005/Atom" '
                                                                    'xmlns:x="http://purl.org/dc/elements/1.1/"'),
    "prefix that makes a date": rss(f"{ITEM}<published:parsed>a</published:parsed>", spaces='xmlns:published="u:v"'),
    "prefix declared twice": rss(f"{ITEM}<x:a xmlns:x='u:1'/><x:a xmlns:x='u:2'/>"),
    "markup in a subtitle": rss(f"{ITEM}<itunes:subtitle>a<width>b</width></itunes:subtitle>"),
    "link with an address of another name": atom('<link xmlns:x="u:v" x:href="https://b.example" href="/a"/>'),
    "nested title": rss(f"{ITEM}<plaats:wijk><title>Beijum</title></plaats:wijk>"),
    "item in an item": rss(f"{ITEM}<item><title>b</title></item>"),
    "two summaries of the channel": rss(ITEM, channel="<itunes:summary>a</itunes:summary><description>b</description>"),
    "content of the channel": rss(ITEM, channel="<content:encoded>b</content:encoded>"),
    "licence": rss(f"{ITEM}<cc:license rdf:resource='x'/>", spaces='xmlns:cc="http://web.resource.org/cc/" '
                   'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'),
    "items beside the channel": b"<rss><channel><title>t</title></channel><item><title>a</title></item></rss>",
    "no entries": rss(),
    "rdf without channel": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item/></rdf:RDF>',
    "other": b"<orders><order/></orders>",
    "page": b"<!DOCTYPE html><html><body>Accepteer cookies</body></html>",
    "empty": b"",
    "nothing but a declaration": b"<?xml version='1.0'?>",
    "rubbish": b"\x1f\x8b\x08\x00",
    "deep": rss("<a>" * 40 + "</a>" * 40 + ITEM),
    "many entries": rss(*[ITEM] * 500),
    "large": rss(f"<description>{'a ' * 140_000}</description>"),
    "many tags": rss("<a/>" * 11_000, ITEM),
    "many names": rss("".join(f"<a{n}/>" for n in range(400)), ITEM),
    "many declarations": rss("<x:a xmlns:x='u:1'/>" * 400, ITEM),
    "number too long to read": rss(f"<title>t</title><content:encoded>&amp;#{'9' * 5000};</content:encoded>", ITEM),
    "json of another kind": b'{"version": "2", "items": [{"id": "1"}]}',
}  # fmt: skip
"""Shapes that the fast road leaves to feedparser."""
