using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>Reads an answer of Security Center: JSON, or the XML that its gateway may refuse with.</summary>
internal static class VendorAnswerReader
{
    private const int LongestCode = 128;
    private const int LongestMessage = 512;

    public static VendorAnswer Read(
        HttpStatusCode status, HttpResponseHeaders headers, byte[] body, SecurityCenterKey key, DateTimeOffset now)
    {
        var answer = (int)status is >= 200 and < 300 ? ReadSuccess(body) : ReadError(body);
        return answer with
        {
            Status = (int)status,
            RetryAfter = WaitOf(headers) ?? VendorWait.Read(headers, now),
            Message = ForeignText.Line(Redactor.Redact(answer.Message, key.Secret, key.SecurityToken), LongestMessage),
        };
    }

    private static VendorAnswer ReadSuccess(byte[] body)
    {
        if (Parse(body) is not { ValueKind: JsonValueKind.Object } json)
        {
            return new VendorAnswer(VendorCodes.Unreadable);
        }

        // Some operations fail with status 200.
        return Text(json, "Success") is "false" or "False" && CodeOf(json) is { } code
            ? new VendorAnswer(code) { Message = Text(json, "Message"), RequestId = RequestIdOf(json) }
            : new VendorAnswer(VendorCodes.Accepted) { Body = json, RequestId = RequestIdOf(json) };
    }

    private static VendorAnswer ReadError(byte[] body)
    {
        if (Parse(body) is { ValueKind: JsonValueKind.Object } json)
        {
            return new VendorAnswer(CodeOf(json) ?? VendorCodes.Unreadable)
            {
                Message = Text(json, "Message"), RequestId = RequestIdOf(json),
            };
        }

        var xml = ParseXml(body);
        return new VendorAnswer(Clean(xml?.Element("Code")?.Value) ?? VendorCodes.Unreadable)
        {
            Message = xml?.Element("Message")?.Value, RequestId = ForeignText.Id(xml?.Element("RequestId")?.Value, LongestCode),
        };
    }

    private static string? CodeOf(JsonElement json) => Clean(Text(json, "Code"));

    private static string? RequestIdOf(JsonElement json) => ForeignText.Id(Text(json, "RequestId"), LongestCode);

    private static string? Clean(string? code) => string.IsNullOrWhiteSpace(code) ? null : ForeignText.Line(code, LongestCode);

    // Clients of the vendor accept names in either case.
    private static string? Text(JsonElement json, string name) => json.EnumerateObject()
        .Where(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            && member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
        .Select(member => member.Value.ToString()).FirstOrDefault();

    private static TimeSpan? WaitOf(HttpResponseHeaders headers) =>
        headers.NonValidated.TryGetValues("x-acs-retry-after", out var values)
        && double.TryParse(values.First(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds)
        && double.IsFinite(milliseconds)
            ? VendorWait.Bound(TimeSpan.FromMilliseconds(Math.Min(milliseconds, VendorWait.Longest.TotalMilliseconds))) : null;

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = ForeignJson.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static XElement? ParseXml(byte[] body)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(body)),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = 64 * 1024 });
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
