namespace Notify.Admin.OutgoingCalls;

/// <summary>A connection was refused before it was opened, because the allow-list does not permit the address.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);
