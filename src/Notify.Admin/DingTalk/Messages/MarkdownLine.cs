using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Notify.Admin.DingTalk;

/// <summary>Reads what stands inside a block of markdown.</summary>
internal static partial class MarkdownLine
{
    private const int MaxDepth = 4;

    // What is not text by itself.
    private static readonly SearchValues<char> Special = SearchValues.Create("\n\\@*_![");

    public static IReadOnlyList<MarkdownInline> Read(string text) => Read(text, MaxDepth);

    // Most of what is read has no markup.
    private static List<MarkdownInline> Read(string text, int depth) =>
        text.Length == 0 ? [] : text.AsSpan().ContainsAny(Special) ? new Reader(text, depth).Read() : [new MarkdownText(text)];

    public static void Append(StringBuilder plain, IReadOnlyList<MarkdownInline> content)
    {
        for (var at = 0; at < content.Count; at++)
        {
            switch (content[at])
            {
                case MarkdownText text:
                    plain.Append(text.Text);
                    break;
                case MarkdownMention mention:
                    plain.Append(mention.Text);
                    break;
                case MarkdownPicture picture:
                    plain.Append(picture.Alternative);
                    break;
                case MarkdownLineBreak:
                    plain.Append('\n');
                    break;
                case MarkdownStrong strong:
                    Append(plain, strong.Content);
                    break;
                case MarkdownEmphasis emphasis:
                    Append(plain, emphasis.Content);
                    break;
                case MarkdownLink link:
                    Append(plain, link.Content);
                    break;
            }
        }
    }

    [GeneratedRegex(@"\G@(?:\+?[0-9][0-9-]{4,19}|所有人|all\b)", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();

    private sealed class Reader(string text, int depth)
    {
        private readonly List<MarkdownInline> _pieces = [];
        private readonly StringBuilder _pending = new();

        // Delimiters known to have no closing one any more: without this, a line of openers would be searched once for each.
        private HashSet<string>? _unclosed;
        private int _at;

        public List<MarkdownInline> Read()
        {
            while (_at < text.Length)
            {
                if (!TryLineEnd() && !TryEscape() && !TryMention() && !TryEmphasis() && !TryLink())
                {
                    Take();
                }
            }

            Flush();
            return _pieces;
        }

        // Whatever it is here, it is text; and so is the rest up to what may be something else.
        private void Take()
        {
            var length = text.AsSpan(_at + 1).IndexOfAny(Special) is >= 0 and var plain ? plain + 1 : text.Length - _at;
            _pending.Append(text, _at, length);
            _at += length;
        }

        private bool TryLineEnd()
        {
            if (text[_at] != '\n')
            {
                return false;
            }

            _at++;
            var isBreak = _pending is [.., ' ', ' '];
            while (_pending is [.., ' '])
            {
                _pending.Length--;
            }

            if (isBreak)
            {
                Add(new MarkdownLineBreak());
            }
            else
            {
                _pending.Append(' ');
            }

            return true;
        }

        private bool TryEscape()
        {
            if (text[_at] != '\\' || _at + 1 >= text.Length || !char.IsAscii(text[_at + 1]) || !char.IsPunctuation(text[_at + 1]))
            {
                return false;
            }

            _pending.Append(text[_at + 1]);
            _at += 2;
            return true;
        }

        private bool TryMention()
        {
            if (text[_at] != '@' || Mention().Match(text, _at) is not { Success: true } mention)
            {
                return false;
            }

            Add(new MarkdownMention(mention.Value));
            _at += mention.Length;
            return true;
        }

        private bool TryEmphasis()
        {
            if (depth == 0 || text[_at] is not ('*' or '_') || IsInsideWord())
            {
                return false;
            }

            var delimiter = Starts("**") ? "**" : Starts("__") ? "__" : text[_at] == '*' ? "*" : "_";
            var start = _at + delimiter.Length;
            if (start >= text.Length || char.IsWhiteSpace(text[start]) || Find(delimiter, start) is not (> 0 and var end) || end == start)
            {
                return false;
            }

            var content = MarkdownLine.Read(text[start..end], depth - 1);
            Add(delimiter.Length == 2 ? new MarkdownStrong(content) : new MarkdownEmphasis(content));
            _at = end + delimiter.Length;
            return true;
        }

        private bool TryLink()
        {
            var isPicture = text[_at] == '!' && Starts("![");
            if (depth == 0 || (!isPicture && text[_at] != '['))
            {
                return false;
            }

            var start = _at + (isPicture ? 2 : 1);
            if (Find("](", start) is not (> 0 and var middle) || Find(")", middle) is not (> 0 and var end))
            {
                return false;
            }

            var label = text[start..middle];
            if (isPicture)
            {
                Add(new MarkdownPicture(label));
            }
            else if (Uri.TryCreate(text[(middle + 2)..end].Trim(), UriKind.Absolute, out var address)
                && address.Scheme is "http" or "https")
            {
                Add(new MarkdownLink(MarkdownLine.Read(label, depth - 1), address));
            }
            else
            {
                return false;
            }

            _at = end + 1;
            return true;
        }

        // A line's end is no end for emphasis, but another paragraph is another reader.
        private int Find(string mark, int from)
        {
            if (_unclosed?.Contains(mark) == true)
            {
                return -1;
            }

            var found = text.IndexOf(mark, from, StringComparison.Ordinal);
            if (found < 0)
            {
                (_unclosed ??= []).Add(mark);
            }

            return found;
        }

        private bool Starts(string mark) => string.CompareOrdinal(text, _at, mark, 0, mark.Length) == 0;

        private bool IsInsideWord() => text[_at] == '_' && _at > 0 && char.IsLetterOrDigit(text[_at - 1]);

        private void Add(MarkdownInline piece)
        {
            Flush();
            _pieces.Add(piece);
        }

        private void Flush()
        {
            if (_pending.Length > 0)
            {
                _pieces.Add(new MarkdownText(_pending.ToString()));
                _pending.Clear();
            }
        }
    }
}
