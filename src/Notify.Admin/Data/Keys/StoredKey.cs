namespace Notify.Admin.Data;

/// <summary>One element of the data-protection key ring, for stores that several instances share.</summary>
public sealed class StoredKey
{
    public int Id { get; init; }

    public required string FriendlyName { get; init; }

    public required string Xml { get; init; }
}
