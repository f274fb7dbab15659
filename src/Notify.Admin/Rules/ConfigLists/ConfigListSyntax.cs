using System.Text;

namespace Notify.Admin.Rules;

/// <summary>A string as it stands in the text: its value, its place in UTF-8 bytes and its path.</summary>
internal sealed record StringSyntax(string Text, string Path, int Start, int End);

/// <summary>An element of <c>configItemList</c> as read; null where a member is missing or of the wrong type.</summary>
internal sealed class ItemSyntax(string path, int start)
{
    public string Path { get; } = path;

    public int Start { get; } = start;

    public StringSyntax? Key { get; set; }

    public ValueListSyntax? ValueList { get; set; }
}

/// <param name="IsWhole">False when an element was not a string and is left out.</param>
internal sealed record ValueListSyntax(string Path, int Start, int End, List<StringSyntax> Values, bool IsWhole);

/// <summary>An element of ConfigList as read.</summary>
internal sealed class RuleSyntax(string path, int start)
{
    public string Path { get; } = path;

    public int Start { get; } = start;

    public int End { get; set; }

    public StringSyntax? Type { get; set; }

    public List<ItemSyntax> Items { get; } = [];
}

/// <summary>The text as UTF-8 for the reader, and the way back from its bytes to lines and columns.</summary>
internal sealed class SourceText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _text;
    private readonly byte[] _utf8;

    /// <exception cref="EncoderFallbackException">Half a surrogate pair.</exception>
    public SourceText(string text)
    {
        _text = text;
        _utf8 = Strict.GetBytes(text);
    }

    public ReadOnlySpan<byte> Utf8 => _utf8;

    public int CharAt(int utf8Offset) => Encoding.UTF8.GetCharCount(_utf8, 0, Math.Clamp(utf8Offset, 0, _utf8.Length));

    public ReadOnlySpan<char> Slice(int utf8Start, int utf8End) => _text.AsSpan()[CharAt(utf8Start)..CharAt(utf8End)];

    /// <summary>The character there, a surrogate pair as one; empty at the end of the text.</summary>
    public string CharacterAt(int utf8Offset)
    {
        var at = CharAt(utf8Offset);
        return at >= _text.Length ? "" : Rune.GetRuneAt(_text, at).ToString();
    }

    public static (int Line, int Column) Locate(ReadOnlySpan<char> text, int offset)
    {
        var before = text[..offset];
        return (before.Count('\n') + 1, offset - before.LastIndexOf('\n'));
    }
}
