using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>Calls <c>UpdateSlack</c> of Kayran. Its body holds both secrets; nothing of it is logged or told.</summary>
internal sealed class KayranClient(VendorClient client, TimeProvider time)
{
    /// <summary>Its answers are three fields.</summary>
    private const int MaxAnswerBytes = 64 * 1024;

    private const int LongestMessage = 512;

    /// <param name="address">The path of the function comes after it.</param>
    /// <param name="fields">Of the body, beside the key.</param>
    /// <param name="secret">Of <paramref name="fields"/>; the vendor's words are kept free of it.</param>
    public async Task<VendorAnswer> UpdateSlackAsync(Uri address, string apiKey, JsonObject fields, string? secret,
        CancellationToken cancellationToken)
    {
        JsonObject body = new() { ["apiKey"] = apiKey };
        foreach (var (name, value) in fields)
        {
            body[name] = value?.DeepClone();
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, $"{address.AbsoluteUri.TrimEnd('/')}/UpdateSlack")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("accept", "application/json");
        return await client.SendAsync(request, MaxAnswerBytes, (response, answer) => Read(answer, apiKey, secret) with
        {
            Status = (int)response.StatusCode,
            RetryAfter = VendorWait.Read(response.Headers, time.GetUtcNow()),
        }, cancellationToken);
    }

    // Its statuses are nowhere described: the envelope decides.
    private static VendorAnswer Read(byte[] body, string apiKey, string? secret)
    {
        if (ErrorOf(body, out var data) is not { } error)
        {
            return new VendorAnswer(VendorCodes.Unreadable);
        }

        return new VendorAnswer(error == 0 ? VendorCodes.Accepted : VendorCodes.OfKayran(error))
        {
            Message = error == 0 ? null : ForeignText.Line(Redactor.Redact(data, apiKey, secret), LongestMessage),
        };
    }

    private static long? ErrorOf(byte[] body, out string? data)
    {
        data = null;
        try
        {
            using var document = ForeignJson.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("Error", out var error)
                || !long.TryParse(error.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            data = document.RootElement.TryGetProperty("Data", out var words) ? words.ToString() : null;
            return number;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
