namespace Notify.Admin.DingTalk;

/// <summary>An asset group that rules can be restricted to: entered by an Admin, or learned from an event's <c>groupId</c>.</summary>
public sealed class AssetGroup
{
    /// <summary>The vendor's group id, decimal digits within int32.</summary>
    public int Id { get; init; }

    /// <summary>The Admin's name for it; empty while it is only known from events.</summary>
    public required string Name { get; set; }

    public bool IsLearned { get; set; }
}
