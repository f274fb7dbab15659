using System.Globalization;
using System.Resources;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.DeliveryPolicies;
using Notify.Admin.LiveForms;

namespace Notify.Admin.DingTalk;

/// <summary>Says codes and refusals in words, in the current UI culture.</summary>
internal sealed class DingTalkExplanations(
    IStringLocalizer<DingTalkText> text, IStringLocalizer<DeliveryPolicyText> policyText, WebhookAllowList allowed)
{
    private static readonly ResourceManager Texts = new(typeof(DingTalkText));

    /// <param name="detail">The <c>Detail</c> of the result: it may name the difference between the clocks.</param>
    public CodeExplanation Explain(string code, string? detail)
    {
        var key = KeyOf(code, detail);
        return new CodeExplanation(
            text[$"Error.{key}.Meaning"],
            code == DingTalkErrors.TimestampInvalid && ClockSkew.Read(detail) is { } skew ? Mend(skew) : text[$"Error.{key}.Mend"]);
    }

    public string Explain(WebhookRefusal refusal) => text[$"Webhook.{refusal}", string.Join(", ", allowed.Entries)];

    /// <summary>Why a field is not accepted.</summary>
    public string Explain(FieldRefusal refusal)
    {
        IStringLocalizer words = DeliveryPolicyField.IsOne(refusal.Field) ? policyText : text;
        return words[refusal.TextKey, refusal.Argument ?? ""];
    }

    /// <summary>For answers to programs, which have no UI culture.</summary>
    public static string ExplainInEnglish(WebhookRefusal refusal, WebhookAllowList allowed) => string.Format(
        CultureInfo.InvariantCulture,
        Texts.GetString($"Webhook.{refusal}", CultureInfo.InvariantCulture)!,
        string.Join(", ", allowed.Entries));

    private string Mend(TimeSpan skew) =>
        text[skew > TimeSpan.Zero ? "ClockSkew.Ahead" : "ClockSkew.Behind", (long)skew.Duration().TotalHours, skew.Duration().Minutes];

    private static string KeyOf(string code, string? detail)
    {
        if (code is "130101" or "410100" or "90030" or "1111")
        {
            return code;
        }

        if (DingTalkErrors.AsksToComeLater(code) || (!DingTalkErrors.IsKnown(code) && DingTalkErrors.SaysToComeLater(detail)))
        {
            return "throttled";
        }

        if (code == DingTalkErrors.Accepted || DingTalkErrors.Codes.Contains(code))
        {
            return code.Replace('/', '.');
        }

        if (!code.StartsWith(DingTalkErrors.HttpStatusPrefix, StringComparison.Ordinal))
        {
            return "unknown";
        }

        return code is "http_408" or "http_429" ? code : DingTalkErrors.IsKnown(code) ? "http_5xx" : "http_other";
    }
}
