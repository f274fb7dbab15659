using System.Buffers;
using System.Text;

namespace Notify.Admin.Security;

/// <summary>Tells what can be text from what cannot: NUL, code points that are no characters, and halves of surrogate pairs can be stored
/// nowhere reliably. One rule for every door.</summary>
internal static class PlainText
{
    /// <summary>The rule, to follow the name of what breaks it.</summary>
    public const string Rule = "holds what cannot be text: NUL, a code point that is no character, or half of a surrogate pair";

    private static readonly SearchValues<char> Suspects = SearchValues.Create(
    [
        .. Enumerable.Range(0xD800, 0x800).Concat(Enumerable.Range(0xFDD0, 0x20)).Append(0xFFFE).Append(0xFFFF).Append(0)
            .Select(c => (char)c),
    ]);

    // Control characters (C0, DEL, C1), separators of lines, and bidirectional marks, embeddings, overrides and isolates.
    private static readonly SearchValues<char> NotInLines = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Concat([0x061C, 0x200E, 0x200F, 0x2028, 0x2029])
            .Concat(Enumerable.Range(0x202A, 5)).Concat(Enumerable.Range(0x2066, 4)).Select(c => (char)c),
    ]);

    public static bool Is(ReadOnlySpan<char> text)
    {
        // What follows may be anything, and is looked for in another way.
        var first = text.IndexOfAnyExceptInRange('\u0001', '\u007F');
        text = first < 0 ? [] : text[first..];
        while (!text.IsEmpty)
        {
            // Nearly all text has none of these and needs no closer look.
            var odd = text.IndexOfAny(Suspects);
            if (odd < 0)
            {
                return true;
            }

            text = text[odd..];
            if (Rune.DecodeFromUtf16(text, out var rune, out var used) != OperationStatus.Done || rune.Value == 0
                || IsNoCharacter(rune.Value))
            {
                return false;
            }

            text = text[used..];
        }

        return true;
    }

    /// <summary>Whether it may be a name or another word that people read on one line: text, without control characters, ends of lines and
    /// what turns its direction about, so that it cannot look like another.</summary>
    public static bool IsLine(string text) => Is(text) && !text.AsSpan().ContainsAny(NotInLines);

    /// <summary>The code points that Unicode will never assign to a character.</summary>
    public static bool IsNoCharacter(int codePoint) => (codePoint & 0xFFFE) == 0xFFFE || codePoint is >= 0xFDD0 and <= 0xFDEF;

    /// <summary>What an answer repeats of a request: short, and visible.</summary>
    public static string Shorten(string text, int most)
    {
        var cut = ForeignText.Cut(text, most);
        return Is(cut) && !cut.Any(char.IsControl) ? cut : string.Concat(cut.Select(c => char.IsAscii(c) && !char.IsControl(c) ? c : '?'));
    }
}
