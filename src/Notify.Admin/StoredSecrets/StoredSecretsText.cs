namespace Notify.Admin.StoredSecrets;

/// <summary>Marks the texts of this feature.</summary>
public sealed class StoredSecretsText;
