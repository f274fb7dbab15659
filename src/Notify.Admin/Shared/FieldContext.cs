namespace Notify.Admin.Shared;

/// <summary>What the input inside a <see cref="Field"/> needs to be tied to its label, hint and error.</summary>
/// <param name="Id">The input's <c>id</c>.</param>
/// <param name="DescribedBy">Ids of hint and error, for <c>aria-describedby</c>; null when there are none.</param>
/// <param name="Invalid">An error is shown.</param>
public sealed record FieldContext(string Id, string? DescribedBy, bool Invalid, bool Required)
{
    /// <summary>All of it, for <c>@attributes</c> on an input, select or textarea.</summary>
    public IReadOnlyDictionary<string, object> Attributes
    {
        get
        {
            var attributes = new Dictionary<string, object> { ["id"] = Id };
            if (DescribedBy is not null)
            {
                attributes["aria-describedby"] = DescribedBy;
            }

            if (Invalid)
            {
                attributes["aria-invalid"] = "true";
            }

            if (Required)
            {
                attributes["aria-required"] = "true";
            }

            return attributes;
        }
    }
}
