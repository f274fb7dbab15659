using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Notify.Admin.Channels;
using Notify.Admin.DingTalk;

namespace Notify.Admin.UnitTests.DingTalk;

/// <summary>Properties of every message, on random text made to break them.</summary>
public partial class HostileMessageTests
{
    private static readonly string[] Fragments =
    [
        "[x](http://evil.example)", "![p](https://evil.example/p.png)", "@13800000000", "@all", "@所有人", "**", "__", "`", "```", "# ",
            "\n# h", "\n> q",
        "\n- l", "\n1. n", "<b>", "</b>", "&#64;", "\\", "\"", "'", "{\"a\":1}", "\r\n", "\t", "\0", "\u0007", "\u2028", "\u202E",
        "\u200B", "\u00AD",
        "\uFEFF", "😀", "👩‍👩‍👧", "🇨🇳", "e\u0301", "\uD83D", "\uDE00", "中文", "العربية", "עברית", "www.evil.example", "mailto:a@b",
        "javascript:alert(1)",
        "http://", "](", ")", "]", "a", "_b_", " ", "/", "ftp://x", "dingtalk://y", "．", "\uFFFF",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Compose_HostileEvents_KeepsEveryProperty(int seed)
    {
        var random = new Random(seed);
        var settings = new RobotMessageSettings(
            Text(random, 64),
            seed % 2 == 0 ? DingTalkLanguage.Zh : DingTalkLanguage.En,
            seed % 3 == 0 ? "告警 [alert]" : null,
            seed % 5 == 0 ? MentionMode.Mobiles : MentionMode.Nobody,
            [.. Enumerable.Range(0, MobileNumbers.Max).Select(number => $"+86-138{number:D8}")]);
        var items = Enumerable.Range(1, seed % 20 == 0 ? 500 : random.Next(1, 30)).Select(number => Item(random, number)).ToList();
        var message = new ChannelMessage(items.Count == 1 ? MessagePurpose.Event : MessagePurpose.Digest, "m1", MessageBuilder.At, items);

        var composed = DingTalkMessageComposer.Compose(settings, message);
        var bodies = MessageBuilder.Read(composed);

        composed.ShouldAllBe(part => Encoding.UTF8.GetByteCount(part.Body) <= RobotMarkdown.MaxBytes);
        composed.SelectMany(part => part.DeliveryIds).Order().ShouldBe(items.Select(item => item.DeliveryId));
        foreach (var body in composed.Select(part => part.Body))
        {
            using var parsed = JsonDocument.Parse(body);
            parsed.RootElement.GetProperty("msgtype").GetString().ShouldBe("markdown");
        }

        var text = string.Join('\n', bodies.Select(body => body.Title + "\n" + body.Text));
        text.ShouldNotContain("](");
        text.ShouldNotContain("://");
        text.ShouldNotContain("www.", Case.Insensitive);
        text.ShouldNotContain("javascript:a", Case.Insensitive);
        text.ShouldNotContain('<');
        Mention().Matches(text).Select(mention => mention.Value[1..]).Distinct()
            .ShouldBeSubsetOf(settings.Mention == MentionMode.Mobiles ? settings.Mobiles : []);
        LineStart().Matches(text).ShouldBeEmpty();
        foreach (var item in items)
        {
            var place = items.Count == 1 ? $"ID{(seed % 2 == 0 ? "：" : ": ")}{EventText.SafeId(item.Event.Id)}\n"
                : $"ID {EventText.SafeId(item.Event.Id)} · {item.ShortId}\n";
            Occurrences(text, place).ShouldBe(1);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Safe_HostileText_IsDrawnAsPlainText(int seed)
    {
        var text = EventText.Safe(Text(new Random(seed), 400), 300);

        var content = MarkdownPreview.Read("- Field: " + text).ShouldHaveSingleItem()
            .ShouldBeOfType<MarkdownList>().Items.ShouldHaveSingleItem();

        content.ShouldAllBe(piece => piece is MarkdownText);
    }

    private static MessageItem Item(Random random, int number) => new(
        number,
        $"d{number}",
        new EventRecord(
            number,
            Text(random, number % 50 == 1 ? 1024 : 40) + number,
            Text(random, 1024),
            number % 3 == 0 ? Text(random, 256) : MessageBuilder.Suspicious,
            MessageBuilder.At.AddSeconds(random.Next(100)),
            (Severity)random.Next(5),
            new EventFields
            {
                Title = Text(random, 512),
                Asset = Text(random, 512),
                ItemLevel = Text(random, 32),
                EventType = Text(random, 256),
                GroupId = Text(random, 16),
                Target = Text(random, 512),
                Description = Text(random, random.Next(20_000)),
            }));

    private static string Text(Random random, int maxLength)
    {
        var text = new StringBuilder();
        while (text.Length < maxLength)
        {
            text.Append(Fragments[random.Next(Fragments.Length)]);
        }

        return text.ToString(0, maxLength);
    }

    private static int Occurrences(string text, string part)
    {
        var count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }

    // DingTalk's own idea of a mention.
    [GeneratedRegex(@"@[+0-9][0-9-]*|@所有人|@all")]
    private static partial Regex Mention();

    // A line that would begin a block which the composer did not write.
    [GeneratedRegex(@"^(?:> |[0-9]+\. |#{1,3} |\* |\+ |```)", RegexOptions.Multiline)]
    private static partial Regex LineStart();
}
