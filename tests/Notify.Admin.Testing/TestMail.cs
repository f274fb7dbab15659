using System.Text;
using System.Text.RegularExpressions;

namespace Notify.Admin.Testing;

/// <summary>A mail as it arrived.</summary>
/// <param name="To">Of the envelope.</param>
/// <param name="Raw">Headers and body.</param>
public sealed partial record TestMail(string To, string Raw)
{
    public string Subject => Word().Replace(HeaderOf("Subject"), match => Decode(match.Groups[1].Value));

    public string Text => PartOf("text/plain");

    public string Html => PartOf("text/html");

    /// <summary>The address in the text.</summary>
    public string Link => Address().Match(Text).Value;

    public string HeaderOf(string name) =>
        Raw[..Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n")
            .Single(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))[(name.Length + 2)..];

    private string PartOf(string type)
    {
        var boundary = Boundary().Match(Raw).Groups[1].Value;
        var part = Raw.Split($"--{boundary}").Single(part => part.StartsWith($"\r\nContent-Type: {type};", StringComparison.Ordinal));
        return Decode(part[part.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]);
    }

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    [GeneratedRegex(@"=\?utf-8\?B\?([^?]*)\?=")]
    private static partial Regex Word();

    [GeneratedRegex("boundary=\"([^\"]+)\"")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}
