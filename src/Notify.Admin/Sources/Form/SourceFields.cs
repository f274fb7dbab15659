using Notify.Admin.Api;
using Notify.Admin.LiveForms;

namespace Notify.Admin.Sources;

/// <summary>What a source lets people set on its page. Rotations and mappings are saved apart, so what nobody touched is taken
/// over.</summary>
internal static class SourceFields
{
    public static readonly FormTable<SourceView, SourceFormModel> Table =
        new FormTable<SourceView, SourceFormModel> { MergesUntouched = true }
            .Text(model => model.Name)
            .Flag(model => model.IsOn, "sourceIsOn")
            .Choice(model => model.Proof, "auth")
            .Secret(new(nameof(SourceFormModel.Secret), "secret", model => model.HasSecret ? model.Secret : null,
                (from, to) => to.Secret = from.Secret,
                stored => stored.SecretLastFour is { } four ? $"…{four}" : null, stored => stored.SecretMark))
            .Text(model => model.SignatureHeader)
            .Choice(model => model.SignatureAlgorithm)
            .Text(model => model.AllowedAddresses)
            .Text(model => model.PerMinute)
            .Text(model => model.Channels)
            .Flag(model => model.LetsMentions, "mentions")
            .Text(model => model.Account)
            .Text(model => model.Polls, "types")
            .Text(model => model.FromHours)
            .Text(model => model.TitleLanguage);

    /// <summary>What the service refuses, at the field that it was typed into.</summary>
    public static FieldRefusal ToRefusal(FieldProblem problem, SourceFormModel model)
    {
        var (field, index) = problem.Field.Split('[') is [var name, var rest]
            && int.TryParse(rest.TrimEnd(']'), out var at) ? (name, at) : (problem.Field, -1);
        return field switch
        {
            "name" => new(nameof(SourceFormModel.Name), "Refused.Name", SourceDraft.LongestName),
            "secret" => new(nameof(SourceFormModel.Secret), "Refused.Secret"),
            "signature_header" => new(nameof(SourceFormModel.SignatureHeader), "Refused.SignatureHeader"),
            "allowed_addresses" when index >= 0 => new(nameof(SourceFormModel.AllowedAddresses), "Refused.AllowedAddress",
                AllowedAddresses.Split(model.AllowedAddresses)[index]),
            "allowed_addresses" => new(nameof(SourceFormModel.AllowedAddresses), "Refused.AllowedAddresses", AllowedAddresses.Most),
            "per_minute" => new(nameof(SourceFormModel.PerMinute), "Refused.PerMinute", SourceDraft.MostPerMinute),
            "channels" when index < 0 => new(nameof(SourceFormModel.Channels), "Refused.Channels", BoundChannels.Most),
            "channels" => new(nameof(SourceFormModel.Channels), "Refused.Channel"),
            "account" => new(nameof(SourceFormModel.Account), "Refused.Account"),
            "types" when index < 0 => new(nameof(SourceFormModel.Polls), "Refused.Polls"),
            "types" => new(nameof(SourceFormModel.Polls), "Refused.Minutes", PolledType.MostMinutes),
            "from_hours" => new(nameof(SourceFormModel.FromHours), "Refused.FromHours", SourceDraft.MostFromHours),
            _ => new(nameof(SourceFormModel.Name), "Refused.Other", $"{problem.Field} {problem.Reason}"),
        };
    }
}
