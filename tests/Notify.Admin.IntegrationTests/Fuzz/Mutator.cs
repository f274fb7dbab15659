using System.Text;

namespace Notify.Admin.IntegrationTests.Fuzz;

/// <summary>Spoils inputs in the ways that parsers are known to be hurt by. The same random numbers spoil in the same way.</summary>
/// <param name="isWide">Also puts in what cannot be text. Apart, so that the numbers of earlier finds stay what they were.</param>
internal sealed class Mutator(Random random, bool isWide = false)
{
    private static readonly string[] NotTextValues =
        ["\"\\u0000\"", "\"\\uFFFE\"", "\"\uFFFF\"", "\"\\ufdd0\"", "\"\\ud83f\\udffe\"", "\"\\ud800\""];

    private static readonly string[] NotTexts = ["\0", "\uFFFE", "\uFFFF", "\uFDD0", "\U0001FFFE", "a\uFFFEb", "%EF%BF%BE", "%00"];

    // In place of a JSON value.
    private static readonly string[] OddValues =
    [
        "null", "true", "[]", "{}", "\"\"", "0", "-1", "1e999", "-0", "1.5", "2147483648", "-2147483649", "9223372036854775808",
            "99999999999999999999999999", "NaN",
        "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\u202e\"", "\"%s%n\"", "\"{0}{1}\"", "\"' OR 1=1 --\"",
        "\"<script>alert(1)</script>\"", "\"../../etc/passwd\"",
        "\"${jndi:ldap://x}\"", "\"all\"", "\"ALL\"", "\"High\"", "\"high \"", "[null]", "[[]]", "{\"a\":{\"a\":{}}}",
        "\"1970-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"\ufeff\"",
        "\"http://169.254.169.254/latest\"", "\"C0ALERTS01\\r\\nX: y\"",
    ];

    // In place of a parameter's or a header's value.
    private static readonly string[] OddTexts =
    [
        "", " ", "0", "-1", "1", "2147483648", "1e9", "null", "[]", "{}", "true", "*", "%", "%00", "%zz", "&", "=", "?", "+", "\u0000",
            "\ud800", "\u202e", "ä", "中文", "😀", "'", "\"", "\\", "../",
        "1,2,3", "1,,2", ",", "all", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2018-12-03", "XML", "json", "http://[::1]/",
        "file:///etc/passwd", "\r\nX: y",
    ];

    // In place of a line: of YAML, of CSV.
    private static readonly string[] OddLines =
    [
        "a: &a [*a, *a]", "    <<: *a", "    user_ids: *nobody", "  - &b", "---", "...", "%YAML 9.9", "%TAG ! !", "? [a]: {b: c}",
            "  - !!binary AAAA", "- - - - - -", "\tuser_ids: x",
        "    name: |", "    name: >-", "    name: 'x", "    name: \"\\x\"", "  - {function_id: Fn0", "    workspace_id: 1e999",
        "    user_ids: ~", ":", "- ", "  #", "@", "`",
        "\"", "a,b,c", ",,,,,,,,,,,,", ";;;", "\"a\"\"b", "=cmd|' /C calc'!A0,", "\"\"\"\"\"\"", "\uFEFF", "\r\r", "user_ids,user_ids",
    ];

    /// <summary>A file of lines, spoiled up to three times: its bytes, a value, or a line.</summary>
    public byte[] Lines(string text) => Lines(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Lines(string)"/>
    public byte[] Lines(byte[] bytes)
    {
        for (var times = random.Next(4); times > 0; times--)
        {
            bytes = random.Next(4) switch
            {
                0 => Bytes(bytes),
                1 => Value(bytes),
                _ => Line(bytes),
            };
        }

        return bytes;
    }

    /// <summary>JSON text, spoiled up to three times: a value, or the text itself.</summary>
    public byte[] Json(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        for (var times = random.Next(4); times > 0; times--)
        {
            bytes = random.Next(4) == 0 ? Bytes(bytes) : Value(bytes);
        }

        return bytes;
    }

    /// <summary>Parameters or headers of which up to three are spoiled, dropped or added.</summary>
    public Dictionary<string, string> Pairs(IReadOnlyDictionary<string, string> pairs)
    {
        var spoiled = new Dictionary<string, string>(pairs);
        for (var times = random.Next(4); times > 0 && spoiled.Count > 0; times--)
        {
            var name = spoiled.Keys.ElementAt(random.Next(spoiled.Count));
            switch (random.Next(5))
            {
                case 0:
                    spoiled.Remove(name);
                    break;
                case 1:
                    spoiled[name + Text("x")] = Text("x");
                    break;
                default:
                    spoiled[name] = Text(spoiled[name]);
                    break;
            }
        }

        return spoiled;
    }

    public string Text(string text) => isWide && random.Next(2) == 0 ? NotTexts[random.Next(NotTexts.Length)] : random.Next(4) switch
    {
        0 => text + OddTexts[random.Next(OddTexts.Length)],
        1 => new string((char)random.Next(32, 0x3000), random.Next(1, 5000)),
        2 => Encoding.UTF8.GetString(Bytes(Encoding.UTF8.GetBytes(text))),
        _ => OddTexts[random.Next(OddTexts.Length)],
    };

    private byte[] Bytes(byte[] bytes)
    {
        var list = bytes.ToList();
        var at = random.Next(list.Count + 1);
        switch (random.Next(6))
        {
            case 0 when at < list.Count:
                list[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                list.RemoveRange(at, list.Count - at);
                break;
            case 2:
                list.RemoveRange(at, Math.Min(random.Next(20), list.Count - at));
                break;
            case 3:
                list.InsertRange(at, Enumerable.Range(0, random.Next(1, 20)).Select(_ => (byte)random.Next(256)));
                break;
            case 4:
                list.InsertRange(at, bytes.Skip(random.Next(bytes.Length + 1)).Take(200));
                break;
            default:
                // Deep nesting, the classic way to a stack overflow.
                list.InsertRange(at, Enumerable.Repeat((byte)(random.Next(2) == 0 ? '[' : '{'), random.Next(1, 3000)));
                break;
        }

        return [.. list];
    }

    private byte[] Line(byte[] bytes)
    {
        // Each byte as one character: text that is no UTF-8 any more stays so.
        var lines = Encoding.Latin1.GetString(bytes).Split('\n').ToList();
        var at = random.Next(lines.Count);
        switch (random.Next(5))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.InsertRange(at, Enumerable.Repeat(lines[at], random.Next(1, 500)));
                break;
            case 2:
                lines[at] = new string(' ', random.Next(8)) + lines[at].TrimStart();
                break;
            case 3:
                (lines[at], lines[0]) = (lines[0], lines[at]);
                break;
            default:
                lines.Insert(at, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(OddLines[random.Next(OddLines.Length)])));
                break;
        }

        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    // After a colon, a comma or a bracket begins a value, or a name: an odd one is as good.
    private byte[] Value(byte[] bytes)
    {
        var starts = Enumerable.Range(0, bytes.Length).Where(i => bytes[i] is (byte)':' or (byte)'[' or (byte)',').ToList();
        if (starts.Count == 0)
        {
            return Bytes(bytes);
        }

        var from = starts[random.Next(starts.Count)] + 1;
        var to = from;
        var isQuoted = false;
        while (to < bytes.Length && (isQuoted || bytes[to] is not ((byte)',' or (byte)'}' or (byte)']')))
        {
            isQuoted ^= bytes[to] == (byte)'"';
            to++;
        }

        var odd = random.Next(8) == 0 ? $"\"{new string('x', random.Next(1, 20_000))}\""
            : isWide && random.Next(2) == 0 ? NotTextValues[random.Next(NotTextValues.Length)] : OddValues[random.Next(OddValues.Length)];
        return [.. bytes.AsSpan(0, from), .. Encoding.UTF8.GetBytes(odd), .. bytes.AsSpan(to)];
    }
}
