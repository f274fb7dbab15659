using Microsoft.Extensions.Localization;

namespace Notify.Admin.Sources;

/// <summary>What became of a payload, in words of the current UI culture.</summary>
internal static class PayloadOutcome
{
    public static string Say(KeptPayload payload, IStringLocalizer<SourceText> text)
    {
        List<string> parts = [];
        if (payload.Accepted > 0 || payload is { Duplicates: 0, Unmapped: 0 })
        {
            parts.Add(payload.Accepted == 1 ? text["Outcome.OneEvent"] : text["Outcome.Events", payload.Accepted]);
        }

        if (payload.Duplicates > 0)
        {
            parts.Add(text["Outcome.Duplicates", payload.Duplicates]);
        }

        if (payload.Unmapped > 0)
        {
            parts.Add(text["Outcome.Unmapped", payload.Unmapped]);
        }

        return string.Join(text["List.Separator"], parts);
    }
}
