using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace Notify.Admin.Testing;

/// <summary>A mail as it arrived.</summary>
/// <param name="To">Of the envelope.</param>
/// <param name="Raw">Headers and body.</param>
public sealed partial record TestMail(string To, string Raw)
{
    private readonly MimeMessage _message = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(Raw)));

    public string Subject => _message.Subject ?? "";

    public string Text => _message.TextBody ?? "";

    public string Html => _message.HtmlBody ?? "";

    /// <summary>The address in the text.</summary>
    public string Link => Address().Match(Text).Value;

    public string HeaderOf(string name) => _message.Headers[name] ?? "";

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}
