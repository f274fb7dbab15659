using Notify.Admin.LiveForms;

namespace Notify.Admin.Inhibitions;

/// <summary>What an inhibition lets people set.</summary>
internal static class InhibitionFields
{
    public static readonly FormTable<InhibitionView, InhibitionFormModel> Table =
        new FormTable<InhibitionView, InhibitionFormModel>().Text(model => model.Name).Flag(model => model.IsOn, "inhibits")
            .Text(model => model.Problems).Text(model => model.Dependants).Text(model => model.Label).Text(model => model.Hours);
}
