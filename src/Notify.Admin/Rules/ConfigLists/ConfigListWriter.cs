using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;

namespace Notify.Admin.Rules;

/// <summary>Writes ConfigList JSON: minified for the store and the API, laid out for people.</summary>
internal static class ConfigListWriter
{
    // Relaxed: Chinese stays readable. What HTML would need is added by whoever puts the text into a page.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    // Down to the list of items each element has its own line; an item with its values shares one.
    private const int DeepestBrokenLevel = 3;

    public static string Write(ImmutableArray<AlertRule> rules) => $"[{string.Join(',', rules.Select(rule => rule.Json))}]";

    public static string Write(AlertRule rule)
    {
        var items = rule.Items.Select(item =>
            $$"""{"key":{{Quote(item.Key)}},"valueList":[{{string.Join(',', item.Values.Select(Quote))}}]}""");
        return $$"""{"type":{{Quote(rule.Type)}},"configItemList":[{{string.Join(',', items)}}]}""";
    }

    /// <summary>Valid JSON without the white space between its tokens; the tokens stay as they are.</summary>
    public static string Minify(ReadOnlySpan<char> json)
    {
        var minified = new StringBuilder(json.Length);
        var inString = false;
        for (var at = 0; at < json.Length; at++)
        {
            var character = json[at];
            if (inString && character == '\\')
            {
                minified.Append(character).Append(json[++at]);
                continue;
            }

            inString ^= character == '"';
            if (inString || character is not (' ' or '\t' or '\r' or '\n'))
            {
                minified.Append(character);
            }
        }

        return minified.ToString();
    }

    /// <summary>Minified JSON on several lines, one item a line; minifying it again gives back the same text.</summary>
    public static string LayOut(string minified)
    {
        var text = new StringBuilder(minified.Length * 2);
        var depth = 0;
        var inString = false;
        for (var at = 0; at < minified.Length; at++)
        {
            var character = minified[at];
            if (inString || character == '"')
            {
                text.Append(character);
                if (inString && character == '\\')
                {
                    text.Append(minified[++at]);
                }
                else if (character == '"')
                {
                    inString = !inString;
                }

                continue;
            }

            switch (character)
            {
                case '[' or '{':
                    text.Append(character);
                    depth++;
                    if (minified[at + 1] is not (']' or '}'))
                    {
                        Separate(text, depth, inlineSpace: character == '{');
                    }

                    break;
                case ']' or '}':
                    if (minified[at - 1] is not ('[' or '{'))
                    {
                        Separate(text, depth, inlineSpace: character == '}', closing: true);
                    }

                    depth--;
                    text.Append(character);
                    break;
                case ',':
                    text.Append(character);
                    Separate(text, depth, inlineSpace: true);
                    break;
                case ':':
                    text.Append(": ");
                    break;
                default:
                    text.Append(character);
                    break;
            }
        }

        return text.ToString();
    }

    private static void Separate(StringBuilder text, int depth, bool inlineSpace, bool closing = false)
    {
        if (depth <= DeepestBrokenLevel)
        {
            text.Append('\n').Append(' ', 2 * (closing ? depth - 1 : depth));
        }
        else if (inlineSpace)
        {
            text.Append(' ');
        }
    }

    private static string Quote(string value) => $"\"{Encoder.Encode(value)}\"";
}
