using System.Globalization;
using System.Text.Json.Serialization;
using Notify.Admin.LiveForms;

namespace Notify.Admin.Inhibitions;

/// <summary>A stored inhibition as its page shows it.</summary>
public sealed record InhibitionView(
    int Id, int Version, string Name, bool IsOn, string Problems, string Dependants, string Label, int Hours, DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt, string? ChangedBy) : IStored<InhibitionFormModel>
{
    [JsonIgnore]
    public InhibitionFormModel Values => new()
    {
        Name = Name, IsOn = IsOn, Problems = Problems, Dependants = Dependants, Label = Label,
        Hours = Hours.ToString(CultureInfo.InvariantCulture),
    };

    public static InhibitionView Of(Inhibition stored) => new(
        stored.Id, stored.Version, stored.Name, stored.IsOn, stored.Problems, stored.Dependants, stored.Label, stored.Hours,
        stored.CreatedAt, stored.ChangedAt, stored.ChangedBy);
}
