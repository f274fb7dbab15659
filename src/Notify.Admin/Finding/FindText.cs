using Notify.Admin.Shared;

namespace Notify.Admin.Finding;

/// <summary>What is typed, as finders read it.</summary>
public sealed record FindText
{
    // "Send a test to alerts", "test alerts", "测试 告警": in either language, whatever that of the page.
    private static readonly string[] Testing =
        ["send a test to", "send test to", "send a test", "send test", "test", "发送测试到", "发送测试", "测试"];

    private FindText(string typed, string folded, bool asksForTest)
    {
        Typed = typed;
        AsksForTest = asksForTest;
        Words = folded.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    public string Typed { get; }

    /// <summary>Without case and accents; of a question for a test, those that name the channel.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>It begins like the wish to test a channel. It may be a name all the same.</summary>
    public bool AsksForTest { get; }

    public bool IsEmpty => Typed.Length == 0;

    public static FindText Of(string? typed)
    {
        var text = (typed ?? "").Trim();
        var folded = FoldedText.Of(text);
        return new FindText(text, folded, asksForTest: false);
    }

    /// <summary>The same as the wish to test a channel; null where it does not begin like one.</summary>
    public FindText? AsTest()
    {
        var folded = FoldedText.Of(Typed);
        return Testing.FirstOrDefault(words => folded.StartsWith(words, StringComparison.Ordinal)
                && (folded.Length == words.Length || folded[words.Length] == ' ' || words[0] > 0x7f)) is { } begun
            ? new FindText(Typed, folded[begun.Length..], asksForTest: true) : null;
    }

    /// <summary>Whether a text holds every word.</summary>
    public bool Finds(params IEnumerable<string?> texts)
    {
        var folded = FoldedText.Of(string.Join(' ', texts));
        return Words.All(word => folded.Contains(word, StringComparison.Ordinal));
    }
}
